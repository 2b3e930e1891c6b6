"""机器接口 of 预警: the warnings in a scope, and one with its findings, signatures, letters and what was done."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema

from wushang.people.machine import Code, Id, Listing, Paging, Request, Text, listed
from wushang.people.page import allowed
from wushang.pool.asking import NotAsKnown
from wushang.terms.level import Level
from wushang.warn import shown
from wushang.warn.models import Warning

VERB = "warn.see"
router = Router(tags=["预警"])


class Warned(Schema):
    warning: int
    enterprise: int
    name: str
    uscc: str
    region: str
    policy: str
    version: int
    finding: int
    level: str
    state: str
    mode: str
    handler: str
    opened: datetime
    due: date | None
    issued: datetime | None
    delivered: date | None
    acknowledged: datetime | None
    ended: datetime | None
    end_reason: str
    withdrawal_proposed: datetime | None


class Joined(Schema):
    finding: int
    part: str
    at: datetime


class Signed(Schema):
    step: str
    name: str
    at: datetime
    agreed: bool
    remark: str


class Written(Schema):
    kind: str
    purpose: str
    title: str
    number: str
    signed: date | None
    official: str
    dropped: bool


class Done(Schema):
    at: datetime
    name: str
    text: str


class WarningTold(Warned):
    findings: list[Joined]
    steps: list[Signed]
    letters: list[Written]
    entries: list[Done]


class Asked(NotAsKnown):
    q: Text = ""
    stage: Literal[("", *shown.TABS)] = ""  # type: ignore[valid-type]
    level: Literal[("", *(level.value for level in Level))] = ""  # type: ignore[valid-type]
    town: Code = ""


PLAIN = (
    "policy", "level", "state", "mode", "opened", "due", "issued", "delivered", "acknowledged", "ended", "end_reason",
    "withdrawal_proposed",
)  # fmt: skip


def told(row: Any) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in PLAIN}
    found |= {name: getattr(row, name) or "" for name in ("name", "uscc", "region")}
    return found | {
        "warning": row.pk, "enterprise": row.enterprise_id, "version": row.version_id, "finding": row.finding_id,
        "handler": row.handler.name if row.handler else "",
    }  # fmt: skip


@router.get("/warnings", response=Listing[Warned], summary=_("预警件"), operation_id="warn.warnings")
@allowed(VERB)
def warnings(request: Request, asked: Query[Asked], paging: Query[Paging]):
    """The warnings of the enterprises in the scope, newest first."""
    asked.must_be_now()
    rows = shown.filtered(shown.warnings(request.scope), asked.model_dump()).order_by("-pk")
    page = listed(rows, paging)
    return page | {"items": [told(row) for row in page["items"]]}


@router.get("/warnings/{warning}", response=WarningTold, summary=_("一件预警"), operation_id="warn.warning")
@allowed(VERB)
def warning(request: Request, warning: Id):
    """One warning with all that belongs to it; the letters' files are taken from its page."""
    rows = shown.warnings(request.scope).prefetch_related("findings", "steps", "letters", "entries")
    row = rows.filter(pk=warning).first()
    if row is None:
        raise Http404
    return told(row) | parts(row)


def parts(row: Warning) -> dict[str, Any]:
    return {
        "findings": [{"finding": one.finding_id, "part": one.part, "at": one.at} for one in row.findings.all()],
        **{name: list(getattr(row, name).all()) for name in ("steps", "letters", "entries")},
    }
