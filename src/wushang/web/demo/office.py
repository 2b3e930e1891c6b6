"""What the practice office did before you came: it signs, delivers and follows up, and leaves the latest for you."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.utils import timezone

from wushang.collect.deeds.return_row import ReturnRow
from wushang.collect.models import Batch
from wushang.people.deed import Deed
from wushang.terms.problem import Refused
from wushang.warn import wording
from wushang.warn.deeds.edit_letter import EditLetter
from wushang.warn.deeds.issue import Issue
from wushang.warn.deeds.number_letter import NumberLetter
from wushang.warn.deeds.register_delivery import RegisterDelivery
from wushang.warn.deeds.review import Review
from wushang.warn.deeds.sign import Sign
from wushang.warn.deeds.submit_for_review import SubmitForReview
from wushang.warn.models import Warning
from wushang.web.demo.place import actor

WORD = "云人社预"


def work_through(at: datetime, newest: datetime, resume: date) -> int:
    """One day at the office: each open warning moves a step. Those opened since `newest` lie until the office resumes
    them a few days before you come, and stop on different tables."""
    moved = 0
    for warning in Warning.objects.filter(state__in=STEPS).order_by("pk"):
        if warning.opened >= newest:
            turn = timezone.localdate(at) >= resume and warning.state != STOPS[warning.pk % len(STOPS)]
        else:
            turn = (timezone.localdate(at).toordinal() + warning.pk) % 2 == 0  # not everything on the first day
        if turn:
            moved += _try(STEPS[warning.state](warning, at))
    return moved


STOPS = ("submitted", "reviewed", "signed", "issued")  # where the newest pieces lie when you come in


def return_rows(batch: Batch, at: datetime) -> int:
    """Rows that could not be read go back to their department with the reason."""
    clerk = actor("wangli", at)
    rows = list(batch.quarantined.filter(state="open"))
    for row in rows:
        ReturnRow(clerk, at, row, "请核对原件后在下月报送中更正。").do()
    return len(rows)


FILLED = {
    "interview_place": "市人力资源和社会保障局三楼会议室",
    "contact": "王丽",
    "contact_phone": "0990-1000086",
    "problems": ["新职工岗前培训不到位", "设备安全装置缺乏日常点检", "同类事故重复发生"],
}


def _submit(warning: Warning, at: datetime) -> Deed:
    """Fill what the letter still asks for, then hand it on."""
    wang, letter = actor("wangli", at), warning.letter
    interview = timezone.localtime(at + timedelta(days=15))
    known = FILLED | {"interview_at": f"{interview.year}年{interview.month}月{interview.day}日9时30分"}
    asked = wording.letter(letter.kind).fields
    empty = {name: known[name] for name in asked if name in known and not letter.values.get(name)}
    if empty:
        return EditLetter(wang, at, warning, letter, empty)
    return SubmitForReview(wang, at, warning)


def _review(warning: Warning, at: datetime) -> Deed:
    return Review(actor("lijianguo", at), at, warning)


def _sign(warning: Warning, at: datetime) -> Deed:
    return Sign(actor("zhoumin", at), at, warning)


def _number_and_issue(warning: Warning, at: datetime) -> Deed:
    wang = actor("wangli", at)
    if not warning.letter.number:
        return NumberLetter(wang, at, warning, warning.letter, word=WORD)
    return Issue(wang, at, warning)


def _hand_over(warning: Warning, at: datetime) -> Deed:
    """Most letters are taken by mobile receipt, each third by post."""
    wang, today = actor("wangli", at), timezone.localdate(at)
    if warning.pk % 3 == 0:
        return RegisterDelivery(wang, at, warning, "mail", today, tracking=f"EMS990100{warning.pk:06d}")
    return RegisterDelivery(wang, at, warning, "mobile", today, person="单位经办人")


STEPS: dict[str, Callable[[Warning, datetime], Deed]] = {
    "drafted": _submit,
    "submitted": _review,
    "reviewed": _sign,
    "signed": _number_and_issue,
    "issued": _hand_over,
}


def _try(deed: Deed) -> bool:
    try:
        deed.do()
    except Refused:
        return False
    return True
