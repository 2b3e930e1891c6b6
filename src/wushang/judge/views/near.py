"""接近条件的单位: by each rule in force, the units that one more accident would bring to a level."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wushang.analyse.measures import measures
from wushang.judge import members as known
from wushang.judge import prose
from wushang.judge.load import region_name
from wushang.judge.members import VERBS
from wushang.judge.models import PolicyVersion
from wushang.judge.near import Gap, Near, Nearness, by_rank, nearness
from wushang.judge.pack import Pack
from wushang.judge.run import regional
from wushang.judge.views.lists import covers, towns
from wushang.people.page import allowed, number_of
from wushang.people.scope import Scope
from wushang.pool.models import EnterpriseVersion
from wushang.terms.level import Level


@allowed(*VERBS)
@require_safe
def near_page(request: HttpRequest) -> HttpResponse:
    """One rule at a time, 50 units a page; the rule and the township stay in the address."""
    scope, today = request.scope, request.today  # type: ignore[attr-defined]
    units = {unit.enterprise_id: unit for unit in known.units(scope)}
    held = [one for one in PolicyVersion.objects.in_force_on(today).order_by("policy", "region") if one.pack.of_units]
    rules = [_rule(version, units, scope, today) for version in held]
    rules = [rule for rule in rules if covers(scope, rule["version"].region) or rule["near"] or rule["untouched"]]
    asked = number_of(request.GET, "rule")
    chosen = next((rule for rule in rules if rule["version"].pk == asked), rules[0] if rules else None)
    shown = _shown(chosen, units, request.GET.get("town", ""), request.GET.get("page")) if chosen else {}
    may = {"may_why": scope.may("judge.see"), "may_unit": scope.may("pool.see"), "may_warn": scope.may("warn.see")}
    return render(request, "judge/near.html", {"rules": rules, "chosen": chosen, "units": len(units), **shown, **may})


def _rule(version: PolicyVersion, units: dict[int, EnterpriseVersion], scope: Scope, today: date) -> dict[str, Any]:
    ranked = by_rank(version.pack, today)
    found = Nearness() if ranked else _nearness(version, today)
    near, untouched = found.among(set(units))
    pack = version.pack
    return {
        "version": version, "region": region_name(version.region), "ranked": ranked, "near": near, "commit": found.commit,
        "untouched": [(prose.title(pack, code), untouched[code]) for code in reversed(list(pack.conditions)) if untouched[code]],
        "period": known.period(pack),
    }  # fmt: skip


def _nearness(version: PolicyVersion, today: date) -> Nearness:
    """Worked out once per text, state of the facts and day."""
    pool = regional(version.region)
    key = f"judge.near.{version.digest}.{version.region}.{pool.commit}.{today}"
    found = cache.get(key)
    if found is None:
        found = nearness(version.pack, pool, today, version.region)
        cache.set(key, found, 3600)
    return found


def _shown(rule: dict[str, Any], units: dict[int, EnterpriseVersion], town: str, page: str | None) -> dict[str, Any]:
    there = [one for one in rule["near"] if units[one.enterprise].region.startswith(town)]
    found = Paginator(there, 50).get_page(page)
    names = {one.code: one.name for one in towns(units[one.enterprise].region for one in rule["near"])}
    lines = [_line(rule["version"].pack, one, units[one.enterprise], names) for one in found]
    return {"page": found, "lines": lines, "town": town, "towns": names.items()}


def _line(pack: Pack, one: Near, unit: EnterpriseVersion, names: dict[str, str]) -> dict[str, Any]:
    return {
        "unit": unit, "town": names.get(unit.region[:9], "—"), "last": one.last,
        "was": _outcome(pack, one.was), "will": _outcome(pack, one.will), "gaps": [_said(pack, gap) for gap in one.gaps],
    }  # fmt: skip


def _outcome(pack: Pack, code: str) -> dict[str, Any]:
    """A level with its badge, or another outcome's words."""
    outcome = pack.outcome(code)
    level = code if outcome and outcome.kind == "level" and code in set(Level) else ""
    return {"level": level, "title": prose.title(pack, code)}


def _said(pack: Pack, gap: Gap) -> str:
    """本年累计工伤事故起数现为 1 起，达到 2 起."""
    use = pack.measures[gap.measure]
    unit = measures()[use.measure].unit
    now, wanted = (_("缺数") if value is None else f"{value:g} {unit}" for value in (gap.now, gap.wanted))
    said = {"what": prose.measure_title(use), "now": now, "sign": prose.sign_said(pack, gap.part.sign, gap.part.left), "wanted": wanted}
    return _("%(what)s现为 %(now)s，%(sign)s %(wanted)s") % said
