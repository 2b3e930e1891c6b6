"""登记定时拉取, 暂停, 立即拉取: a department's view is looked at once before it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import make_conninfo

from wushang.collect.cells.title import plain_title
from wushang.collect.inforce import in_force
from wushang.collect.models import Pull
from wushang.collect.source import Source
from wushang.collect.ways.pulling import problem_of
from wushang.collect.ways.view import View, look
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Department
from wushang.terms.codes import name as code_name
from wushang.terms.problem import Refused


@dataclass
class AddPull(Deed):
    name: str
    source: str
    sender: Department
    host: str
    port: int
    database: str
    user: str
    password: str
    view: str
    watermark_column: str
    columns: dict[str, str] = field(default_factory=dict)
    overlap: int = 3600
    every: int = 60
    confirms: bool = False

    verb = "collect.connect"
    title = _("登记定时拉取")

    def where(self) -> tuple[Place, ...]:
        return ((self.sender.region.code, "", None),)

    def do(self) -> Pull:
        """The view is asked before the transaction begins: nobody waits for a strange server."""
        self.authorise()
        self._source = in_force(self.source, self.at).loaded()
        self._may_send()
        self._look()
        return super().do()

    def _may_send(self) -> None:
        if self.sender.kind not in self._source.departments:
            kinds = "、".join(code_name("department_kind", kind) for kind in self._source.departments)
            why = _g("“%(title)s”由%(kinds)s报送。") % {"title": self._source.title, "kinds": kinds}
            raise refuse("wrong_sender", why, _("请改选报送部门。"), "sender")

    @property
    def server(self) -> str:
        return f"{self.user}@{self.host}:{self.port}/{self.database}"

    def _dsn(self) -> str:
        return make_conninfo(
            host=self.host, port=self.port, dbname=self.database, user=self.user, password=self.password
        )  # fmt: skip

    def _look(self) -> None:
        view = View(self._dsn(), self.view, self.watermark_column, self.columns, self.overlap)
        try:
            titles = look(view, self._source)
        except psycopg.Error as error:
            raise Refused(problem_of(error, self.server)) from error
        _all_needed(titles, self._source)

    def check(self) -> None:
        if not self.name.strip():
            raise refuse("no_name", _("没有写名称。"), _("如“经办中心参保库”。"), "name")
        if Pull.objects.filter(name=self.name.strip()).exists():
            raise refuse("name_taken", _("这个名称已经用了。"), _("请换一个。"), "name", self.name)

    def act(self) -> Pull:
        return Pull.objects.create(
            name=self.name.strip(), source=self.source, sender=self.sender, dsn=self._dsn(), server=self.server,
            view=self.view, watermark_column=self.watermark_column, columns=self.columns, overlap=self.overlap,
            every=self.every, confirms=self.confirms, next_run=self.at, made=self.at, made_by=self.actor.name,
        )  # fmt: skip

    def subject(self) -> str:
        return f"pull:{self.name.strip()[:60]}"

    def said(self) -> dict[str, Any]:
        return {"server": self.server, "view": self.view, "source": self.source, "sender": self.sender.code}


def _all_needed(titles: list[str], source: Source) -> None:
    known = source.claimed_titles()
    there = {known[plain] for plain in map(plain_title, titles) if plain in known}
    lacking = [c.titles[0] for name, c in source.columns.items() if c.required and name not in there and c.stand_in not in there]
    if lacking:
        why = _g("缺少必填的列：%(names)s。") % {"names": "、".join(lacking)}
        raise refuse("no_column", why, _("请写明哪一列是它，或请对方在视图里补上。"), "columns")


@dataclass
class ActOnPull(Deed):
    """Base of the small acts on one pull."""

    pull: Pull

    verb = "collect.connect"

    def where(self) -> tuple[Place, ...]:
        return ((self.pull.sender.region.code, "", None),)

    def subject(self) -> str:
        return f"pull:{self.pull.name}"


class PausePull(ActOnPull):
    title = _("暂停拉取")

    def act(self) -> None:
        Pull.objects.filter(pk=self.pull.pk).update(next_run=None)


class RunPullNow(ActOnPull):
    """The worker reads it in its next round; a paused one goes on from now."""

    title = _("立即拉取")

    def act(self) -> None:
        Pull.objects.filter(pk=self.pull.pk).update(next_run=self.at)
