"""发放令牌 and 撤销令牌 of machine accounts 机器账号: the plain token is told once and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.people import tokens
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Department, Machine

LONGEST = timedelta(days=366)  # platform default: a token is renewed once a year


class Issued(NamedTuple):
    """What the administrator hands over; `token` is shown once."""

    machine: Machine
    token: str


@dataclass
class IssueToken(Deed):
    name: str
    department: Department
    sources: list[str]
    expires: date
    confirms: bool = False

    verb = "people.manage"
    title = _("发放令牌")

    def where(self) -> tuple[Place, ...]:
        return ((self.department.region.code, "", None),)

    def check(self) -> None:
        today = timezone.localdate(self.at)
        if not self.name.strip():
            raise refuse("no_name", _("没有写系统名称。"), _("请写哪个部门的哪个系统，如“经办中心社保系统”。"), "name")
        if not self.sources:
            raise refuse("no_source", _("没有选可以报送的表。"), _("请至少选一张。"), "sources")
        if not today < self.expires <= today + LONGEST:
            raise refuse(
                "expires", _("到期日应在明天至一年以内。"), _("到期前可以再发一个新的。"), "expires", str(self.expires)
            )
        living = Machine.objects.filter(name=self.name.strip(), revoked=None, expires__gte=today)
        if living.exists():
            raise refuse(
                "name_taken", _("这个名称已有一个在用的令牌。"), _("请先撤销旧的，或换个名称。"), "name", self.name
            )

    def act(self) -> Issued:
        token = tokens.make()
        machine = Machine.objects.create(
            name=self.name.strip()[:60], department=self.department, sources=sorted(self.sources),
            confirms=self.confirms, token_hash=tokens.hashed(token), hint=token[:10], created=self.at,
            created_by=self.actor.name, expires=self.expires,
        )  # fmt: skip
        return Issued(machine, token)

    def subject(self) -> str:
        return f"machine:{self.name.strip()[:60]}"

    def said(self) -> dict:
        return {
            "name": self.name.strip(), "department": self.department.code, "sources": sorted(self.sources),
            "until": str(self.expires), "confirms": self.confirms,
        }  # fmt: skip


@dataclass
class RevokeToken(Deed):
    """From now on the token opens nothing; what came through it stays."""

    machine: Machine
    reason: str

    verb = "people.manage"
    title = _("撤销令牌")

    def where(self) -> tuple[Place, ...]:
        return ((self.machine.department.region.code, "", None),)

    def check(self) -> None:
        if len(self.reason.strip()) < 2:
            raise refuse("reason", _("没有写撤销的理由。"), _("例如“令牌外泄”“系统停用”。"), "reason")

    def act(self) -> Machine:
        said = {"revoked": self.at, "revoked_by": self.actor.name, "revoke_reason": self.reason.strip()[:500]}
        if not Machine.objects.filter(pk=self.machine.pk, revoked=None).update(**said):
            raise refuse("state", _("这个令牌已经撤销。"), _("不用再做什么。"))
        self.machine.refresh_from_db()
        return self.machine

    def subject(self) -> str:
        return f"machine:{self.machine.pk}"

    def said(self) -> dict:
        return {"reason": self.reason}
