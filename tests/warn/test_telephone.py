"""联系电话: no letter is signed without one that can be called, and it need not be typed twice."""

from datetime import date

import pytest

from wushang.terms.problem import Refused
from wushang.warn import office, wording
from wushang.warn.deeds.draft_warning import DraftWarning
from wushang.warn.deeds.edit_letter import EditLetter
from wushang.warn.deeds.sign import Sign
from wushang.warn.deeds.submit_for_review import SubmitForReview

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["circular", "risk_letter", "advice_letter", "supervision_notice", "revocation", "correction_note"])
def test_every_letter_needs_a_telephone(kind):
    asked = wording.letter(kind)
    assert "contact_phone" in {field.name for field in asked.missing({**asked.example["given"], "contact_phone": ""})}


@pytest.mark.parametrize("wrong", ["见通知", "无", "1234"])
def test_what_nobody_can_call_is_no_telephone(people, now, drafted, wrong):
    clerk = people.wangli.actor
    EditLetter(clerk, now, drafted, drafted.letter, {"contact": "王丽", "contact_phone": wrong}).do()
    with pytest.raises(Refused, match=f"联系电话“{wrong}”打不通。.*例如 0990-6123456 或 12333"):
        SubmitForReview(clerk, now, drafted).do()


def test_a_letter_that_came_to_the_signer_without_one_goes_back(people, now, drafted, advance):
    """Reviewed before the telephone was asked for."""
    advance(drafted, "reviewed")
    letter = drafted.letter
    letter.values = {**letter.values, "contact_phone": ""}
    letter.save()
    with pytest.raises(Refused, match="1 项没有填：联系电话。.*请退回修改，由经办人补填"):
        Sign(people.zhoumin.actor, now, drafted).do()


def test_what_the_bureau_printed_last_stands_in_the_next_letter(world, people, now, drafted, advance, settings):
    assert office.telephone(drafted.letter.bureau) == ""
    signed = advance(drafted, "signed")
    assert office.telephone(signed.letter.bureau) == "0999-6123456"
    other = world.enterprise("云溪市石塘门业有限公司", uscc="91999901MA00000026")
    world.injury(date(2026, 3, 7), at=other)
    fresh = DraftWarning(people.system.actor, now, world.finding("yellow", enterprise=other)).do()
    assert fresh.letter.values["contact_phone"] == "0999-6123456"
    settings.WUSHANG_OFFICE_PHONE = "0999-7654321"
    assert office.telephone(signed.letter.bureau) == "0999-7654321"
