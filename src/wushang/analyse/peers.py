"""同行业人数相近: how many accidents units of the same division with about as many people had in the same days, counted the same
way; a reference figure."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
from django.utils.translation import gettext as _

from wushang.analyse.measures import Ask, measures
from wushang.people.scope import Scope
from wushang.pool import reading, snapshot
from wushang.pool.models import EnterpriseVersion
from wushang.pool.reading import Pool

LEAST = 5  # units behind a reference figure, so that no single one can be told
WIDEST = 2  # a band wider than this (0～3 起) tells nothing of what is usual
NEAR = 2  # 人数相近: from half as many people to twice as many


@dataclass(frozen=True)
class Peers:
    """The middle 80 % of the units alike."""

    units: int
    least: int  # people, of the smallest unit that counts as near
    most: int
    low: int  # accidents
    high: int

    @property
    def who(self) -> str:
        """同行业、参保 29～116 人的 24 家单位."""
        told = {"least": self.least, "most": self.most, "n": self.units}
        return _("同行业、参保 %(least)d～%(most)d 人的 %(n)d 家单位") % told

    @property
    def said(self) -> str:
        told = {"low": self.low, "high": self.high}
        return (_("都是 %(low)d 起") if self.low == self.high else _("大多 %(low)d～%(high)d 起")) % told


def peers(now: EnterpriseVersion, insured: int | None, ask: Ask, known: int | None = None) -> Peers | None:
    """What the unit's peers had of what is asked (days, date, scope and state of the claim); None where the unit's own number of
    people is not known, too few are alike, they differ too much to be called usual, or there is no snapshot."""
    if not now.industry or not insured or snapshot.current() is None:
        return None
    pool = reading.open(Scope.system(), known)
    least, most = -(-insured // NEAR), insured * NEAR
    counts = sorted(pool.fetch(_counts(pool, now, least, most, ask))["value"].to_pylist())
    if len(counts) < LEAST:
        return None
    low, high = counts[len(counts) // 10], counts[-1 - len(counts) // 10]
    return Peers(len(counts), least, most, low, high) if high - low <= WIDEST else None


def _counts(pool: Pool, now: EnterpriseVersion, least: int, most: int, ask: Ask) -> ibis.Table:
    """(value) 起数 of every unit alike, 0 where nothing happened."""
    return measures()["injury_events"].value(pool, ask).semi_join(alike(pool, now, least, most, ask), "enterprise").select("value")


def alike(pool: Pool, now: EnterpriseVersion, least: int, most: int, ask: Ask) -> ibis.Table:
    """(enterprise) the other units of the division with so many people."""
    units = pool.table("enterprises")
    others = units.filter(
        units.industry.startswith(now.industry[:3]), units.enterprise != now.enterprise_id, units.merged_into.isnull(),
        ~units.provisional,
    ).select("enterprise")  # fmt: skip
    return others.semi_join(_as_many(pool, least, most, ask), "enterprise")


def _as_many(pool: Pool, least: int, most: int, ask: Ask) -> ibis.Table:
    """Units with so many insured in the newest month of theirs that the days asked for reach."""
    heads = pool.table("headcounts")
    heads = heads.filter(heads.month <= ibis.literal(ask.period.end))
    newest = heads.group_by("enterprise").agg(newest=heads.month.max()).rename(unit="enterprise")
    rows = heads.inner_join(newest, (heads.enterprise == newest.unit) & (heads.month == newest.newest))
    people = rows.group_by("enterprise").agg(insured=rows.insured.sum())
    return people.filter(people.insured.between(least, most)).select("enterprise")
