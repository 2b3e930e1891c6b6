"""A person says whether a report tells of an injury. What is decided stays until a person takes it back."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wushang.integrate import joining
from wushang.integrate.models import Link
from wushang.people.deed import Deed, Place, refuse
from wushang.pool.models import EnterpriseVersion, InjuryVersion
from wushang.pool.models.clock import latest


def places(link: Link) -> tuple[Place, ...]:
    """Where the injury's unit lies; whoever decides must see it."""
    injury = InjuryVersion.objects.filter(injury=link.injury_id).order_by("-pk").first()
    unit = injury and (injury.host_id or injury.employer_id)
    version = EnterpriseVersion.objects.current().filter(enterprise=unit).first() if unit else None
    return ((version.region, version.industry, version.enterprise_id),) if version else ()


@dataclass
class _Deciding(Deed):
    link: Link
    reason: str

    verb = "integrate.decide"

    def where(self) -> tuple[Place, ...]:
        return places(self.link)

    def check(self) -> None:
        self.link = Link.objects.select_for_update().get(pk=self.link.pk)
        if not self.reason.strip():
            raise refuse("reason", _("没有写依据。"), _("请写明依据，例如“已电话核实，同一人同一次受伤”。"))

    def _settle(self, state: str, how: str = "") -> None:
        self.link.state, self.link.how = state, how or self.link.how
        self.link.decided, self.link.decided_by, self.link.remark = self.at, self.actor.user, self.reason.strip()[:300]
        self.link.save()

    def _same_row(self):
        mine = {"source": self.link.source, "sender": self.link.sender, "key": self.link.key}
        return Link.objects.filter(**mine).exclude(pk=self.link.pk)

    def subject(self) -> str:
        return f"link:{self.link.pk}"

    def said(self) -> dict:
        return {"reason": self.reason}


@dataclass
class ConfirmLink(_Deciding):
    title = _("关联到这起工伤")

    def check(self) -> None:
        super().check()
        if self.link.state == Link.LINKED:
            raise refuse("decided", _("这一对已经关联。"), _("请刷新页面。"))
        if self.link.what != "accident" and self._same_row().filter(state=Link.LINKED).exists():
            raise refuse("linked", _("这条报告已经关联到另一起工伤。"), _("请先解除那一处关联。"))

    def act(self) -> None:
        self.link.released = None
        self._settle(Link.LINKED, "person")
        if self.link.what == "report":
            joining.move(self.link, self.link.injury_id, "并为一起工伤", self.actor, self.at)
        if self.link.what != "accident":  # one visit is of one injury: the other proposals fall away
            self._same_row().filter(state=Link.OPEN).delete()


@dataclass
class RefuseLink(_Deciding):
    title = _("不是同一起工伤")

    def check(self) -> None:
        super().check()
        if self.link.state != Link.OPEN:
            raise refuse("decided", _("这一对已经有人处理。"), _("请刷新页面。"))

    def act(self) -> None:
        self._settle(Link.REFUSED)


@dataclass
class ReleaseLink(_Deciding):
    """Takes a link back, the platform's or a person's; the pair is not proposed again."""

    title = _("解除关联")

    def check(self) -> None:
        super().check()
        if self.link.state not in (Link.LINKED, Link.REFUSED):
            raise refuse("decided", _("这一对没有可以撤回的结论。"), _("请刷新页面。"))

    def act(self) -> None:
        """A refusal taken back waits again; a link taken back is released."""
        if self.link.what == "report" and self.link.state == Link.LINKED:
            joining.part(self.link, self.actor, self.at)
        self.link.released = latest() if self.link.state == Link.LINKED else None
        self._settle(Link.OPEN if self.link.state == Link.REFUSED else Link.RELEASED)
        if self.link.state == Link.OPEN:
            self.link.decided = self.link.decided_by = None
            self.link.save()
