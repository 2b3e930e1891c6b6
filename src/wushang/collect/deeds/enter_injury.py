"""手工录入一起工伤: the entry is kept as a delivery of one row; what raises no doubt lands without a further act."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wushang.collect.models import Batch
from wushang.collect.ways import hand, once
from wushang.collect.ways.arriving import Bringer, Brought
from wushang.people.actor import Actor
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Department
from wushang.people.scope import Grant, Scope
from wushang.pool.models import EnterpriseVersion
from wushang.terms.problem import Refused


@dataclass
class EnterInjury(Deed):
    """`key` is the form's own: two taps are one entry."""

    entry: hand.Entry
    sender: Department
    unit: EnterpriseVersion | None = None
    key: str = ""

    verb = "collect.enter"
    title = _("手工录入工伤")

    def where(self) -> tuple[Place, ...]:
        here = (self.sender.region.code, "", None)
        return (here, (self.unit.region, self.unit.industry, self.unit.enterprise_id)) if self.unit else (here,)

    def check(self) -> None:
        if found := hand.problems(self.entry, self.at):
            raise Refused(found[0][1])
        if not self.key:
            raise refuse("key", _("表单已过期。"), _("请刷新页面重新填写。"))

    def act(self) -> Batch:
        owner = f"user:{self.actor.user.pk}" if self.actor.user else "platform"
        content, name = hand.file_of(self.entry, hand.next_number(self.at), self.at)
        grant = Grant(frozenset({"collect.upload", "collect.confirm"}), regions=(self.sender.region.code,))
        actor = Actor(self.actor.user, self.actor.name, Scope((grant,)), self.actor.via)
        what = Brought(content, name, self.sender, hand.SOURCE, told=True)
        asked = once.Asked(owner, f"hand-{self.key}", once.digest_of(what, repr(self.entry).encode()))
        batch, _again = once.receive_once(Bringer(actor, "hand", confirms=True), self.at, what, asked)
        return batch

    def subject(self) -> str:
        return f"enterprise:{self.unit.enterprise_id}" if self.unit else "enterprise:"
