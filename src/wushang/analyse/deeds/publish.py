"""公开: figures are made public. What would tell of single people is hidden, in the tables and beside earlier publications."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.analyse.models import Publication
from wushang.analyse.publishing import Prepared, Table, prepare
from wushang.analyse.publishing.least import least_on
from wushang.people.deed import Deed, refuse
from wushang.people.models import one_at_a_time


@dataclass
class Publish(Deed):
    """`tables` are of the actor's own scope; one commit for all of them."""

    heading: str
    outlet: str
    tables: list[Table]
    prepared: Prepared | None = field(default=None, init=False)

    verb = "analyse.publish"
    title = _("公开统计数")

    def check(self) -> None:
        if not self.heading.strip() or not self.outlet.strip():
            raise refuse("words", _("没有写标题，或没有写在哪里公开。"), _("请写明，例如“市政府网站 统计数据栏目”。"), "where")
        one_at_a_time("publish")
        self.prepared = prepare(self.tables, least_on(timezone.localdate(self.at)), Publication.objects.all())
        if self.prepared.given_away:
            raise refuse("given_away", "".join(self.prepared.reasons[:3]), _("请改用公开过的分法和期间，或等这个数变大以后再公开。"), "tables")
        if self.prepared.empty:
            raise refuse("nothing", _("各格都太小，隐去后没有可以公开的数。"), _("请合并分类或放长期间。"), "tables")

    def act(self) -> Publication:
        assert self.prepared is not None
        return Publication.objects.create(
            title=self.heading.strip(), where=self.outlet.strip(), commit=self.tables[0].cube.commit, least=self.prepared.least,
            tables=[table.kept() for table in self.tables], name=self.actor.name, by=self.actor.user, at=self.at,
        )  # fmt: skip

    def subject(self) -> str:
        return "publication"

    def said(self) -> dict:
        hidden = self.prepared.hidden if self.prepared else 0
        return {"title": self.heading, "where": self.outlet, "cells": sum(len(t.places) for t in self.tables), "hidden": hidden}
