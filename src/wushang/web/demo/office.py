"""What the practice office did before you came: it signs, delivers and follows up, and leaves the pieces of the plan for you."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from wushang.collect.deeds.return_row import ReturnRow
from wushang.collect.models import Batch
from wushang.people.deed import Deed
from wushang.pool import contacts
from wushang.rectify import access
from wushang.terms.problem import Refused
from wushang.warn import wording
from wushang.warn.deeds.acknowledge import Acknowledge
from wushang.warn.deeds.edit_letter import EditLetter
from wushang.warn.deeds.issue import Issue
from wushang.warn.deeds.number_letter import NumberLetter
from wushang.warn.deeds.register_delivery import RegisterDelivery
from wushang.warn.deeds.review import Review
from wushang.warn.deeds.sign import Sign
from wushang.warn.deeds.submit_for_review import SubmitForReview
from wushang.warn.models import Warning
from wushang.web.demo import slip
from wushang.web.demo.place import actor
from wushang.web.demo.plan import Plan

WORD = "云人社预"


def work_through(plan: Plan, at: datetime) -> int:
    """One day at the office: each open warning moves a step on most days. That of a story moves fast, and stops where it
    has to lie when you come."""
    moved = 0
    for warning in Warning.objects.filter(state__in=STEPS).order_by("pk"):
        story = plan.parts.get(warning.enterprise_id)
        if story is None:
            moved += bool((timezone.localdate(at).toordinal() + warning.pk) % 3) and _step(warning, at)
            continue
        for _turn in range(2):
            moved += warning.state != story.stop and warning.state in STEPS and _step(warning, at)
    return moved


def _step(warning: Warning, at: datetime) -> bool:
    done = _try(STEPS[warning.state](warning, at))
    warning.refresh_from_db()
    return done


def return_rows(batch: Batch, at: datetime) -> int:
    """Rows that could not be read go back to their department with the reason."""
    clerk = actor("wangli", at)
    rows = list(batch.quarantined.filter(state="open"))
    for row in rows:
        ReturnRow(clerk, at, row, "请核对原件后在下月报送中更正。").do()
    return len(rows)


FILLED = {
    "contact": "王丽",
    "contact_phone": "0990-1000086",
    "problems": ["新职工岗前培训不到位", "设备安全装置缺乏日常点检", "同类事故重复发生"],
}


def _submit(warning: Warning, at: datetime) -> Deed:
    """Fill what the letter still asks for, then hand it on."""
    wang, letter = actor("wangli", at), warning.letter
    asked = wording.letter(letter.kind).fields
    empty = {name: FILLED[name] for name in asked if name in FILLED and not letter.values.get(name)}
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
    """By post, on the unit's own telephone, in person with a photo, or as the unit said by telephone: a quarter each."""
    wang, today, way = actor("wangli", at), timezone.localdate(at), warning.pk % 4
    if way == 0:
        return RegisterDelivery(wang, at, warning, "mail", today, tracking=_tracking(warning))
    if way == 1 and (who := contacts.usable(contacts.of([warning.enterprise_id])[warning.enterprise_id])):
        link, _token = access.make_link(warning, at)
        return Acknowledge(access.actor_for(link, who[0]), at, warning, who[0].name)
    if way == 2:
        return RegisterDelivery(wang, at, warning, "in_person", today, person="单位经办人", handed_by="王丽", photo=slip.picture())
    return RegisterDelivery(wang, at, warning, "mobile", today, person="单位经办人")


def _slip_came_back(warning: Warning, at: datetime) -> Deed | None:
    """The slip of a letter that was posted comes back after a few days; each third never does."""
    today = timezone.localdate(at)
    if warning.delivered is None or (today - warning.delivered).days < 4 or warning.pk % 3 == 0:
        return None
    wang = actor("wangli", at)
    return RegisterDelivery(
        wang, at, warning, "mail", today, person="单位收发室", tracking=_tracking(warning), photo=slip.picture()
    )


def _tracking(warning: Warning) -> str:
    return f"EMS990100{warning.pk:06d}"


STEPS: dict[str, Callable[[Warning, datetime], Deed | None]] = {
    "drafted": _submit,
    "submitted": _review,
    "reviewed": _sign,
    "signed": _number_and_issue,
    "issued": _hand_over,
    "delivered": _slip_came_back,
}


def _try(deed: Deed | None) -> bool:
    if deed is None:
        return False
    try:
        deed.do()
    except Refused:
        return False
    return True
