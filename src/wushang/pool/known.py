"""按某日所知: which version of the data a page or a request asks for. Without a word of it, what is known now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.pool.models import Commit, Fact
from wushang.pool.models.clock import latest

PARTS = ("known_on", "known")  # of an address


@dataclass(frozen=True)
class Known:
    """`commit` None: now. `day` is the day asked for; `problem` says why an answer is of now though something was asked."""

    commit: int | None = None
    day: date | None = None
    problem: str = ""

    @property
    def asked(self) -> bool:
        return self.commit is not None

    @property
    def number(self) -> int:
        """The version of the data that is shown."""
        return latest() if self.commit is None else self.commit

    def of(self, model: type[Fact]) -> QuerySet[Any]:
        """The facts of a table as known then (or now)."""
        rows: Any = model._default_manager.all()
        return rows.current() if self.commit is None else rows.as_of(self.commit)

    @property
    def query(self) -> str:
        """The part of an address that asks for the same; '' for now."""
        if self.day is not None and self.asked:
            return f"known_on={self.day.isoformat()}"
        return f"known={self.commit}" if self.asked else ""

    @property
    def said(self) -> str:
        """按 2026-03-31 所知 / 按第 1,284 号数据版本所知."""
        if self.day is not None:
            return _("按 %(day)s 所知") % {"day": self.day.isoformat()}
        return _("按第 %(n)s 号数据版本所知") % {"n": f"{self.commit:,}"} if self.asked else ""


NOW = Known()


def commit_on(day: date) -> int:
    """The newest commit published by the end of a local day; 0 before the first."""
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    newest = Commit.objects.filter(number__isnull=False, published__lt=end).order_by("-number").first()
    return (newest.number or 0) if newest else 0


def known_of(said: Mapping[str, str], today: date) -> Known:
    """From an address: known_on=2026-03-31, or known=1284. What cannot be read is told, and now is shown."""
    if text := (said.get("known_on") or "").strip():
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return Known(problem=_("“%(text)s”不是日期，应写成 2026-03-31；下面是现在的数。") % {"text": text[:20]})
        return on(day, today)
    if text := (said.get("known") or "").strip():
        if not (text.isascii() and text.isdigit() and len(text) < 16):
            return Known(problem=_("“%(text)s”不是数据版本号；下面是现在的数。") % {"text": text[:20]})
        return at_commit(int(text))
    return NOW


def on(day: date, today: date) -> Known:
    """As known at the end of a day; today, and any later day, is now."""
    return Known() if day >= today else Known(commit_on(day), day)


def at_commit(number: int) -> Known:
    newest = latest()
    return Known(number) if number < newest else NOW
