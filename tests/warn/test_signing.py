"""Draft, review, sign, number, or on paper: who may, in which order, what is refused."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest

from wushang.people.deed import NotAllowed
from wushang.people.models import Appointment, AuditEntry, Role
from wushang.terms.problem import Refused
from wushang.warn import states, wording
from wushang.warn.deeds.countersign import Countersign
from wushang.warn.deeds.edit_letter import EditLetter
from wushang.warn.deeds.number_letter import NumberLetter
from wushang.warn.deeds.review import Review
from wushang.warn.deeds.send_back import SendBack
from wushang.warn.deeds.sign import Sign
from wushang.warn.deeds.sign_offline import SignOffline
from wushang.warn.deeds.submit_for_review import SubmitForReview
from wushang.warn.letter_form import LetterForm
from wushang.warn.models import LetterNumber, Warning

pytestmark = pytest.mark.django_db
SCAN = b"%PDF-1.7 stamped"


def test_a_letter_with_blanks_cannot_be_submitted(people, now, drafted):
    with pytest.raises(Refused, match="联系人、联系电话"):
        SubmitForReview(people.wangli.actor, now, drafted).do()


def test_three_people_sign_in_order_and_each_is_recorded(people, now, drafted, advance):
    signed = advance(drafted, "signed")
    assert signed.state == "signed" and signed.letter.signed == date(2026, 3, 20)
    assert [(s.step, s.name) for s in signed.steps.all()] == [("submit", "王丽"), ("review", "李建国"), ("sign", "周敏")]
    assert signed.handler == people.wangli
    verbs = list(AuditEntry.objects.filter(subject=f"warning:{drafted.pk}").order_by("pk").values_list("verb", flat=True))
    assert verbs[-4:] == ["warn.draft", "warn.draft", "warn.review", "warn.sign"]


def test_who_drafted_may_not_review_even_as_section_head(people, now, drafted, advance):
    Appointment.objects.create(user=people.wangli, role=Role.objects.get(code="section_head"), regions=["990100"])
    advance(drafted, "submitted")
    from wushang.people.access import scope_of
    from wushang.people.actor import Actor

    both = Actor(people.wangli, "王丽", scope_of(people.wangli, date(2026, 3, 20)))
    with pytest.raises(Refused, match="您已经在本件上办过“提交审核”"):
        Review(both, now, drafted).do()


def test_nobody_signs_before_the_review(people, now, drafted, advance):
    advance(drafted, "submitted")
    with pytest.raises(Refused, match="审核中.*不能签发"):
        Sign(people.zhoumin.actor, now, drafted).do()


def test_a_clerk_may_not_review(people, now, drafted, advance):
    advance(drafted, "submitted")
    with pytest.raises(NotAllowed):
        Review(people.wangli.actor, now, drafted).do()


def test_sent_back_needs_a_reason_and_signatures_count_anew(people, now, drafted, advance):
    advance(drafted, "reviewed")
    with pytest.raises(Refused, match="没有写理由"):
        SendBack(people.zhoumin.actor, now, drafted, "改").do()
    SendBack(people.zhoumin.actor, now, drafted, "第三段措辞再核一下").do()
    drafted.refresh_from_db()
    assert drafted.state == "drafted" and drafted.letter.draft == 2
    assert not drafted.steps.filter(live=True).exists()
    assert advance(drafted, "signed").state == "signed"


def test_the_section_head_may_mend_a_draft_that_lies_with_him_and_it_is_shown(people, now, drafted, advance):
    advance(drafted, "submitted")
    EditLetter(people.lijianguo.actor, now, drafted, drafted.letter, {"contact": "工伤保险科 李建国"}).do()
    edit = drafted.letter.edits.last()
    assert (edit.name, edit.changes["contact"]) == ("李建国", ["工伤保险科 王丽", "工伤保险科 李建国"])
    with pytest.raises(NotAllowed):
        EditLetter(people.wangli.actor, now, drafted, drafted.letter, {"contact": "王丽"}).do()


def test_saving_the_form_as_it_was_shown_says_only_what_was_changed(people, now, drafted):
    letter = drafted.letter
    shown = LetterForm(wording.letter(letter.kind), letter.values)
    typed = {name: "" if value is None else str(value).replace("\n", "\r\n") for name, value in shown.initial.items()}
    sent = LetterForm(wording.letter(letter.kind), letter.values, typed | {"contact": "王丽"})
    assert sent.is_valid(), sent.errors
    edited = EditLetter(people.wangli.actor, now, drafted, letter, sent.values()).do()
    assert list(edited) == ["contact"]
    assert drafted.entries.first().text == "修改文书：联系人"


@pytest.mark.parametrize(
    ("values", "why"), [({"events": -1}, "不小于 0"), ({"as_of": "明天"}, "不是日期"), ({"check_within": "3日"}, "由预警规则得出"), ({"nonsense": "1"}, "没有这些字段")]
)
def test_a_wrong_value_is_refused_with_its_field(people, now, drafted, values, why):
    with pytest.raises(Refused, match=why):
        EditLetter(people.wangli.actor, now, drafted, drafted.letter, values).do()


def test_a_place_may_sign_in_three_steps(settings, people, now, drafted, advance):
    settings.WUSHANG_SIGN_STEPS = 3
    advance(drafted, "reviewed")
    with pytest.raises(Refused, match="还没有复审"):
        Sign(people.zhoumin.actor, now, drafted).do()
    with pytest.raises(Refused, match="您已经在本件上办过“审核”"):
        Countersign(people.lijianguo.actor, now, drafted).do()
    other = people.fangzhiqiang
    other.department = people.lijianguo.department  # of the bureau's 法规科
    other.save()
    Appointment.objects.create(user=other, role=Role.objects.get(code="section_head"), regions=["990100"])
    from wushang.people.access import scope_of
    from wushang.people.actor import Actor

    Countersign(Actor(other, other.name, scope_of(other, date(2026, 3, 20))), now, drafted).do()
    Sign(people.zhoumin.actor, now, drafted).do()
    drafted.refresh_from_db()
    assert drafted.state == "signed"


def test_of_two_who_act_at_the_same_moment_one_is_refused(people, now, drafted, advance):
    advance(drafted, "submitted")
    stale = Warning.objects.get(pk=drafted.pk)
    Review(people.lijianguo.actor, now, drafted).do()
    with pytest.raises(Refused, match="待签发"):
        states.move(stale, "review")


def test_the_stamped_scan_is_the_official_piece(people, now, drafted, advance):
    advance(drafted, "drafted")
    clerk = people.wangli.actor
    with pytest.raises(Refused, match="本件还没有文号"):
        SignOffline(clerk, now, drafted, SCAN, date(2026, 3, 19)).do()
    NumberLetter(clerk, now, drafted, drafted.letter, typed="云人社预〔2026〕37号").do()
    file = SignOffline(clerk, now, drafted, SCAN, date(2026, 3, 19), "周敏").do()
    drafted.refresh_from_db()
    letter = drafted.letter
    assert (drafted.state, letter.official, letter.signed) == ("signed", "scan", date(2026, 3, 19))
    assert file.sha256 == hashlib.sha256(SCAN).hexdigest() and file.file.open().read() == SCAN


@pytest.mark.parametrize(
    ("scan", "day", "why"),
    [(b"", 19, "空文件"), (b"MZ not a scan", 19, "不是 PDF"), (SCAN, 21, "在今天之后"), (SCAN, None, "没有填写")],
)
def test_a_wrong_scan_is_refused_with_what_to_do(people, now, drafted, advance, scan, day, why):
    advance(drafted, "drafted")
    NumberLetter(people.wangli.actor, now, drafted, drafted.letter, typed="云人社预〔2026〕37号").do()
    with pytest.raises(Refused, match=why):
        SignOffline(people.wangli.actor, now, drafted, scan, date(2026, 3, day) if day else None).do()


def numbered(people, now, warning, **how):
    return NumberLetter(people.wangli.actor, now, warning, warning.letter, **how).do()


def test_our_own_series_has_no_gap_and_begins_anew_each_year(world, people, now, drafted):
    from wushang.warn.deeds.draft_warning import DraftWarning

    other = world.enterprise("云溪市安泰木业有限公司", uscc="91999901MA00000026")
    world.injury(date(2026, 3, 7), at=other)
    second = DraftWarning(people.system.actor, now, world.finding("yellow", enterprise=other)).do()
    assert numbered(people, now, drafted, word="云人社函") == "云人社函〔2026〕1号"
    assert numbered(people, now, second, word="云人社函") == "云人社函〔2026〕2号"
    assert numbered(people, now + timedelta(days=300), drafted, word="云人社函") == "云人社函〔2027〕1号"
    assert list(LetterNumber.objects.exclude(cancelled=None).values_list("number", flat=True)) == [1]


def test_a_number_from_the_oa_is_taken_as_typed_and_a_duplicate_is_refused(world, people, now, drafted):
    from wushang.warn.deeds.draft_warning import DraftWarning

    other = world.enterprise("云溪市安泰木业有限公司", uscc="91999901MA00000026")
    world.injury(date(2026, 3, 7), at=other)
    second = DraftWarning(people.system.actor, now, world.finding("yellow", enterprise=other)).do()
    numbered(people, now, drafted, typed="云人社预〔2026〕1号")
    with pytest.raises(Refused, match=f"已经用在第 {drafted.pk} 件"):
        numbered(people, now, second, typed="云人社预〔2026〕1号")
    with pytest.raises(Refused, match="六角括号"):
        numbered(people, now, second, typed="云人社预[2026]2号")
    assert numbered(people, now, second, word="云人社预") == "云人社预〔2026〕2号"  # ours steps over the OA's


def test_a_changed_number_leaves_the_old_one_void_in_the_register(people, now, drafted):
    numbered(people, now, drafted, typed="云人社预〔2026〕36号")
    numbered(people, now, drafted, typed="云人社预〔2026〕37号")
    old = LetterNumber.objects.get(number=36)
    assert old.cancelled == now and drafted.letter.number == "云人社预〔2026〕37号"
    with pytest.raises(Refused, match="已作废"):
        numbered(people, now, drafted, typed="云人社预〔2026〕36号")
