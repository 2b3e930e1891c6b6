"""The rule names who issues: the letter's head, its numbers and its signatures are that department's."""

from __future__ import annotations

from datetime import date

import pytest

from wushang.people.access import scope_of
from wushang.people.actor import Actor
from wushang.people.models import Appointment, Department, Region, Role, User
from wushang.terms.problem import Refused
from wushang.warn import numbers, offered, todo
from wushang.warn.deeds.draft_warning import DraftWarning
from wushang.warn.deeds.edit_letter import EditLetter
from wushang.warn.deeds.issue import Issue
from wushang.warn.deeds.number_letter import NumberLetter
from wushang.warn.deeds.review import Review
from wushang.warn.deeds.sign import Sign
from wushang.warn.deeds.submit_for_review import SubmitForReview

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 20)
CONTACT = {"contact": "王丽", "contact_phone": "0999-6123456"}


def committee() -> Department:
    region = Region.objects.get(code="990100")
    return Department.objects.create(
        code="990100-aw", name="云溪市安全生产委员会办公室", short_name="安委办", kind="safety_committee", region=region
    )


def of_committee(name: str, role: str, house: Department) -> Actor:
    user = User.objects.create_user(name, "x", name=name, department=house)
    Appointment.objects.create(user=user, role=Role.objects.get(code=role), regions=["990100"])
    return Actor(user, name, scope_of(user, DAY))


def yellow(world, people, now):
    """A yellow warning of a rule whose letters the 安委办 issues."""
    world.version.text = world.version.text.replace("issuer: hrss", "issuer: safety_committee")
    world.version.save()
    world.injury(date(2026, 3, 6))
    return DraftWarning(people.system.actor, now, world.finding("yellow")).do()


def submitted(world, people, now):
    warning = yellow(world, people, now)
    EditLetter(people.wangli.actor, now, warning, warning.letter, CONTACT).do()
    SubmitForReview(people.wangli.actor, now, warning).do()
    return warning


def test_a_rule_of_the_safety_committee_is_issued_and_signed_by_it(world, people, now):
    house = committee()
    head, leader = of_committee("安一", "section_head", house), of_committee("安二", "signer", house)
    warning = submitted(world, people, now)
    assert (warning.letter.issuer, warning.letter.bureau) == ("云溪市安全生产委员会办公室", house)
    with pytest.raises(Refused, match="由安委办发文，您不在该单位"):
        Review(people.lijianguo.actor, now, warning).do()
    Review(head, now, warning).do()
    with pytest.raises(Refused, match="由安委办发文"):
        Sign(people.zhoumin.actor, now, warning).do()
    Sign(leader, now, warning).do()
    assert warning.state == "signed"


def test_the_desk_and_the_page_ask_only_the_issuers_people_to_sign(world, people, now):
    house = committee()
    head = of_committee("安一", "section_head", house)
    warning = submitted(world, people, now)
    asked = lambda actor: [str(i.op) for i in todo.items(actor, DAY) if i.tab == "mine"]  # noqa: E731
    assert (asked(head), asked(people.lijianguo.actor)) == (["审核"], [])
    assert offered.offer(warning, head).primary == offered.REVIEW
    assert offered.offer(warning, people.lijianguo.actor).primary is None


def test_without_the_issuer_in_the_list_nothing_is_submitted_and_the_sentence_says_whom(world, people, now):
    warning = yellow(world, people, now)
    EditLetter(people.wangli.actor, now, warning, warning.letter, CONTACT).do()
    with pytest.raises(Refused, match="规则规定由安委办发文，本地的部门名录里没有"):
        SubmitForReview(people.wangli.actor, now, warning).do()
    committee()
    SubmitForReview(people.wangli.actor, now, warning).do()
    assert warning.letter.issuer == "云溪市安全生产委员会办公室"


def test_each_issuer_has_its_own_series_and_anothers_word_is_refused(world, people, now, drafted):
    NumberLetter(people.wangli.actor, now, drafted, drafted.letter, word="云人社预").do()
    house = committee()
    world.version.text = world.version.text.replace("issuer: hrss", "issuer: safety_committee")
    world.version.save()
    other = world.enterprise("云溪市安泰木业有限公司", uscc="91999901MA00000026")
    world.injury(date(2026, 3, 7), at=other)
    second = DraftWarning(people.system.actor, now, world.finding("yellow", enterprise=other)).do()
    with pytest.raises(Refused, match="“云人社预”是云溪市人力资源和社会保障局用的"):
        NumberLetter(people.wangli.actor, now, second, second.letter, word="云人社预").do()
    with pytest.raises(Refused, match="“云人社预”是云溪市人力资源和社会保障局用的"):
        NumberLetter(people.wangli.actor, now, second, second.letter, typed="云人社预〔2026〕9号").do()
    assert NumberLetter(people.wangli.actor, now, second, second.letter, word="云安委办").do() == "云安委办〔2026〕1号"
    assert second.letter.numbers.get().issuer == house.code
    numbers.cancel(drafted.letter, now, "写错了字")  # a slip of the pen takes a word from nobody
    assert NumberLetter(people.wangli.actor, now, second, second.letter, typed="云人社预〔2026〕9号").do() == "云人社预〔2026〕9号"


def test_the_letter_that_the_rule_names_is_drafted(world, people, now):
    world.version.text = world.version.text.replace("letter: risk_letter", "letter: advice_letter")
    world.version.save()
    world.injury(date(2026, 3, 6))
    assert DraftWarning(people.system.actor, now, world.finding("yellow")).do().letter.kind == "advice_letter"


def test_a_letter_that_the_platform_does_not_have_drafts_nothing_and_says_so(world, people, now):
    world.version.text = world.version.text.replace("letter: risk_letter", "letter: poem")
    world.version.save()
    world.injury(date(2026, 3, 6))
    with pytest.raises(Refused, match="“poem”，平台没有这个样式"):
        DraftWarning(people.system.actor, now, world.finding("yellow")).do()


def test_whom_the_rule_addresses_is_told_when_the_letter_leaves(world, people, now, advance):
    world.version.text = world.version.text.replace("addressees: [enterprise]", "addressees: [enterprise, health]")
    world.version.save()
    world.injury(date(2026, 3, 6))
    warning = DraftWarning(people.system.actor, now, world.finding("yellow")).do()
    advance(warning, "numbered")
    Issue(people.wangli.actor, now, warning).do()
    told = set(warning.deliveries.exclude(department=None).values_list("recipient", flat=True))
    assert told == {"东城街道办事处", "云溪市卫生健康局"}
