"""What the meeting page says, ready for the templates: sentence first, then towns, line, bars, matters, footing.

The page, the wall, the print and the brief are all drawn from `content`, so that one number has one basis everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from wushang.analyse import delivered
from wushang.analyse.changes import moved_said
from wushang.analyse.quality import Scored, day_of, scored
from wushang.collect.source import shipped
from wushang.people import area
from wushang.people.models import Region, valid_on
from wushang.people.scope import Scope
from wushang.pool.known import NOW, Known
from wushang.pool.models import Commit
from wushang.pool.reading import Pool
from wushang.terms import codes
from wushang.terms.period import Period, add_months
from wushang.web import days, reporting
from wushang.web import figures as written
from wushang.web.meeting import beneath, pictures, words
from wushang.web.meeting.asked import Asked
from wushang.web.meeting.counted import TREND_MONTHS
from wushang.web.meeting.drill import Drill
from wushang.web.meeting.figures import NOWHERE, Figures, Pair, figures_of

VERB = "analyse.meeting"
SLIGHT = 10  # accidents now and last year below which a change in per cent is no news


def area_towns(scope: Scope, period: Period) -> dict[str, str]:
    """The townships and zones of the deployment's region that stood in the period and that the scope covers: code → name."""
    stood = valid_on(period.start) | valid_on(period.end)
    rows = Region.objects.filter(stood, parent__code=settings.WUSHANG_REGION).values_list("code", "name")
    return {code: name for code, name in rows if scope.covers(VERB, code)}


def area_name(scope: Scope, towns: Mapping[str, str], whole: str) -> str:
    """The word for the whole place; the townships' names where the scope is smaller."""
    if not scope.covers(VERB, settings.WUSHANG_REGION):
        return "、".join(towns.values()) or _("管辖范围")
    return whole


@dataclass
class Content:
    """The page as of one commit. `today` decides what is late and which months are not over."""

    pool: Pool
    asked: Asked
    scope: Scope
    today: date
    links: bool = True
    known: Known = NOW  # 按某日所知
    instead_of: dict[str, Any] | None = None  # what is missing of the newer period this one is shown instead of
    seen: list[dict[str, Any]] | None = None  # of a print: what stood beneath the fall when it was sealed

    @property
    def query(self) -> str:
        """The part of an address that asks for the same period and version."""
        return "&".join(part for part in (self.asked.query, self.known.query) if part)

    @cached_property
    def towns_known(self) -> dict[str, str]:
        return area_towns(self.scope, self.asked.period)

    @cached_property
    def figures(self) -> Figures:
        return figures_of(self.pool, self.asked, self.towns_known)

    @cached_property
    def area(self) -> str:
        return area_name(self.scope, self.towns_known, self.whole)

    @cached_property
    def whole(self) -> str:
        """全市, 全县 …"""
        return area.whole(settings.WUSHANG_REGION)

    def url(self, **said: str) -> str:
        """The list behind a figure; the same commit, so that they agree."""
        return Drill.address(self.asked, self.pool.commit, **said) if self.links else ""

    def _last_url(self, pair: Pair, **said: str) -> str:
        """The list behind last year's figure."""
        there = self.links and self.last_known and pair.last
        return Drill.address(self.asked.a_year_ago, self.pool.commit, **said) if there else ""

    # ---- may a figure be shown at all ----

    @cached_property
    def lacking(self) -> dict[str, list[date]]:
        return self._lacking(self.asked.period)

    @cached_property
    def _came(self) -> dict[str, set[date]]:
        return delivered.came(self.pool.commit)

    def _lacking(self, period: Period) -> dict[str, list[date]]:
        return delivered.gone(period, self._came)

    @cached_property
    def last_known(self) -> bool:
        """Whether last year's same months are all in the ledger: else nothing is compared."""
        return delivered.INJURIES not in self._lacking(self.asked.last)

    @cached_property
    def last_staff_known(self) -> bool:
        return delivered.HEADCOUNTS not in self._lacking(self.asked.last)

    def missing(self) -> dict[str, Any] | None:
        """本期数据未齐: who has not reported what, and which period can be shown instead. None: all is there."""
        if not self.lacking:
            return None
        owed = [
            _("%(sender)s未报%(title)s %(months)s")
            % {
                "sender": reporting.sender_of(shipped()[name]), "title": shipped()[name].title,
                "months": days.months(gone[0], gone[-1]),
            }
            for name, gone in self.lacking.items()
        ]  # fmt: skip
        return {
            "what": _("%(period)s数据未齐，暂不出数。") % {"period": self.asked.text},
            "next": _("%(owed)s。没有报的不按零算；数到齐后这里自动出数。") % {"owed": "；".join(owed)},
            "acts": self._instead(),
        }

    def _instead(self) -> list[dict[str, Any]]:
        back = self.complete_before()
        return [{"title": _("看 %(period)s") % {"period": back.text}, "url": f"?{back.query}", "primary": True}] if back else []

    def complete_before(self) -> Asked | None:
        """The newest earlier period of which everything has come."""
        return next((back for back in _earlier(self.asked) if not self._lacking(back.period)), None)

    # ---- the sentence ----

    @cached_property
    def staff(self) -> float:
        return sum(self.figures.staff.values())

    @cached_property
    def last_staff(self) -> float:
        return sum(self.figures.last_staff.values()) if self.last_staff_known else 0.0

    def sentences(self, short: bool = False) -> list[list[dict[str, Any]]]:
        """Two lines; a third where the headcount moved so much that counts mislead, and one beside a claimed fall. The wall leaves out the
        headcount and the last."""
        total = self.figures.total
        first = [
            _part(_("%(period)s%(area)s接报工伤事故 ") % {"period": self.asked.text, "area": self.area}),
            _part(_("%(n)s 起") % {"n": written.count(total.now)}, bold=True, url=self.url()),
            _part(_("（按申报日）")),
            *self._compared(total, short),
        ]
        moved = [[_part(self.moved)]] if self.moved else []
        return [first, self._harm(), *moved, *([[_part(beneath.said(self.beneath))]] if self.beneath and not short else [])]

    @property
    def moved(self) -> str:
        """The warning where the average headcount changed by more than the place allows, else ''."""
        return moved_said(self.staff, self.last_staff) if self.last_known else ""

    @cached_property
    def beneath(self) -> list[dict[str, Any]]:
        """下降里有没有少报: nothing where no fall is claimed."""
        if self.seen is not None:
            return beneath.told_to(self.scope, self.seen)
        total = self.figures.total
        return beneath.lines(self) if self.last_known and total.now < total.last else []

    def _compared(self, total: Pair, short: bool) -> list[dict[str, Any]]:
        if not self.last_known:
            return [_part(_("，上年同期数据不全，不作比较。"))]
        said = [_part("，" + words.change_said(total, self.staff, self.last_staff), bold=False)]
        if self.last_staff and not short:
            change = (self.staff - self.last_staff) / self.last_staff * 100
            said.append(_part(_("，同期参保人数%(change)s") % {"change": _grown(change)}))
        return [*said, _part("。")]

    def _harm(self) -> list[dict[str, Any]]:
        fatal, serious = self.figures.persons("fatal"), self.figures.persons("serious")
        return [
            _part(_("死亡 ")),
            _part(_("%(n)s 人") % {"n": fatal}, bold=True, url=self.url(severity="fatal") if fatal else ""),
            _part(_("，重伤 ")),
            _part(_("%(n)s 人") % {"n": serious}, bold=True, url=self.url(severity="serious") if serious else ""),
            _part("。"),
        ]

    # ---- the townships ----

    @cached_property
    def late(self) -> dict[str, int]:
        return self.figures.late(self.today)

    @cached_property
    def overdue(self) -> int:
        return sum(self.late.values())

    def towns(self) -> dict[str, Any]:
        rows = [self._town(code, name) for code, name in self.towns_known.items()]
        rows.sort(key=lambda row: (-row["count"], -(row["rate"] or 0), row["name"]))
        if self._elsewhere():
            rows.append(self._town(NOWHERE, _("未分镇街")))
        total = {
            "name": self.area, "count": self.figures.total.now, "url": self.url(),
            "last": self.figures.total.last if self.last_known else None, "last_url": self._last_url(self.figures.total),
            "change": self.figures.total.change if self.last_known else None,
            "rate": _rate(self.figures.persons("cases"), self.staff), "against": "", "marked": False,
            "late": self.overdue, "late_url": self.url(late="1") if self.overdue else "",
        }  # fmt: skip
        against = _("与%(whole)s比") % {"whole": self.whole}
        return {"title": _("各镇（街道、区）"), "note": _("按起数排列"), "against": against, "total": total, "rows": rows}

    def _elsewhere(self) -> bool:
        return any(NOWHERE in part for part in (self.figures.by_town, self.figures.staff, self.late))

    def _town(self, code: str, name: str) -> dict[str, Any]:
        pair = self.figures.by_town.get(code, Pair(0, 0))
        cases, staff = self.figures.people.get(code, Counter())["cases"], self.figures.staff.get(code, 0.0)
        word, marked = words.against(cases, staff, self.figures.persons("cases"), self.staff)
        late = self.late.get(code, 0)
        return {
            "code": code, "name": name, "count": pair.now, "url": self.url(town=code or "none") if pair.now else "",
            "last": pair.last if self.last_known else None, "change": pair.change if self.last_known else None,
            "last_url": self._last_url(pair, town=code or "none"), "rate": _rate(cases, staff), "against": word, "marked": marked,
            "slight": max(pair.now, pair.last) < SLIGHT, "late": late, "late_url": self.url(late="1", town=code or "none") if late else "",
        }  # fmt: skip

    # ---- 24 months ----

    @cached_property
    def known_months(self) -> set[date]:
        return self._came[delivered.INJURIES]

    def trend(self) -> dict[str, Any]:
        months = [add_months(self.asked.end, n - TREND_MONTHS + 1) for n in range(TREND_MONTHS)]
        unripe = pictures.months_after(self.asked.end, self.today)
        values: list[int | None] = [self.figures.by_month.get(m, 0) if m in self.known_months else None for m in months]
        ranges = [words.expected(self.figures.by_month, self.known_months, m) for m in months]
        rows = list(zip(months, values, ranges, strict=True))
        data = {
            "unit": _("起"), "name": _("近 24 个月接报起数"), "months": [f"{m:%Y-%m}" for m in [*months, *unripe]],
            "values": [*values, *[None] * len(unripe)],
            "low": [*[r.low if r else None for r in ranges], *[None] * len(unripe)],
            "high": [*[r.high if r else None for r in ranges], *[None] * len(unripe)],
            "urls": [*[self.url(month=f"{m:%Y-%m}") if v else None for m, v, _r in rows], *[None] * len(unripe)],
            "joined": pictures.joined(rows),
        }  # fmt: skip
        if unripe:
            data["unripe"] = {"from": f"{unripe[0]:%Y-%m}", "to": f"{unripe[-1]:%Y-%m}"}
        return {"data": data, "table": pictures.trend_table(rows), "note": _("按申报日"), "said": pictures.unripe_said(unripe, values)}

    # ---- two bars ----

    def bars(self) -> list[dict[str, Any]]:
        industry = pictures.top(self.figures.by_industry, lambda code: codes.name("industry", code) if code else "")
        kind = pictures.top(self.figures.by_kind, lambda name: name)
        return [
            self._bar("industry", _("行业"), _("其他行业"), industry),
            self._bar("kind", _("原因"), _("其他原因"), kind),
        ]

    def _bar(self, name: str, title: str, others: str, found: tuple[list, Pair]) -> dict[str, Any]:
        top, rest = found
        note = _("起数，虚线为上年") if self.last_known else _("起数")
        rows = [self._bar_row(text, pair, **{name: code}) for code, text, pair in top]
        if rest.now or rest.last:
            left_out = ",".join(code for code, _text, _pair in top)
            rows.append({**self._bar_row(others, rest, **{f"not_{name}": left_out}), "rest": True})
        head = [title, _("本期 起"), *([_("上年同期 起")] if self.last_known else [])]
        table = [[r["name"], written.count(r["value"]), *([written.count(r["last"])] if self.last_known else [])] for r in rows]
        return {
            "id": f"bars-{name}", "title": title, "data": {"unit": _("起"), "rows": rows},
            "note": _("%(note)s，共 %(n)s") % {"note": note, "n": written.count(sum(r["value"] for r in rows))},
            "table": {"head": head, "rows": table},
        }  # fmt: skip

    def _bar_row(self, name: str, pair: Pair, **said: str) -> dict[str, Any]:
        last = pair.last if self.last_known else None
        return {"name": name, "value": pair.now, "last": last, "url": self.url(**said) if pair.now else ""}

    # ---- the footing ----

    def basis(self) -> str:
        """口径 in one line."""
        people = self.figures.persons
        said = _(
            "接报工伤事故按申报日统计，同一起事故伤多人算 1 起，含上下班途中 %(commuting)s 人次、视同 %(deemed)s 人次，"
            "不含不予认定和撤回的；发生率为%(months)s累计，未折算全年，按 %(cases)s 人次 ÷ 月平均参保人数 %(staff)s 人。"
        ) % {
            "commuting": written.count(people("commuting")), "deemed": written.count(people("deemed")),
            "cases": written.count(people("cases")), "staff": written.count(self.staff), "months": self.asked.text[5:],
        }  # fmt: skip
        if self.figures.undated:
            said += _("另有 %(n)s 人次没有申报日期，未计入。") % {"n": written.count(self.figures.undated)}
        return said

    def unreported(self) -> str:
        late = [line for line in self.sent if line.late] if self.scope.covers(VERB, settings.WUSHANG_REGION) else []
        if not late:
            return _("无")
        owed = "、".join(_("%(sender)s（%(title)s）") % {"sender": line.sender, "title": line.title} for line in late)
        return _("%(owed)s，未用零代替") % {"owed": owed}

    @cached_property
    def sent(self) -> list[reporting.Line]:
        """报送情况 of the last month: what has come, and what is late."""
        return reporting.lines(self.today)

    def quality(self) -> list[Scored]:
        """数据质量 of every department's tables in the period, for whoever sees the whole place."""
        whole = self.scope.covers(VERB, settings.WUSHANG_REGION)
        return scored(Scope.system(), self.asked.period, day_of(self.known, self.today)) if whole else []

    def version(self) -> str:
        return _("第 %(n)s 号") % {"n": written.count(self.pool.commit)}

    def data_to(self) -> str:
        return days.day_short(self.figures.data_to)

    def published(self) -> date | None:
        commit = Commit.objects.filter(number=self.pool.commit).first()
        return commit.published if commit else None

    def headline(self) -> dict[str, int]:
        """The numbers that a print keeps, and that every other page must show alike."""
        people = self.figures.persons
        return {
            "events": self.figures.total.now, "last_events": self.figures.total.last, "cases": people("cases"),
            "fatal": people("fatal"), "serious": people("serious"), "late": self.overdue,
        }  # fmt: skip


def _part(text: str, bold: bool = False, url: str = "") -> dict[str, Any]:
    return {"t": text, "b": bold, "url": url}


def _grown(change: float) -> str:
    word = {written.RISING: _("增加"), written.FALLING: _("减少")}.get(written.arrow(change))
    return f"{word} {written.size(change)}%" if word else _("持平")


def _rate(cases: int, staff: float) -> float | None:
    return cases * 1000 / staff if staff else None


def _earlier(asked: Asked) -> list[Asked]:
    found = []
    for _step in range(12):
        asked = asked.sooner()
        found.append(asked)
    return found
