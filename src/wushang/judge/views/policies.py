"""预警规则: the list, and one version as prose with its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from wushang.judge import prose
from wushang.judge.check import check_text
from wushang.judge.deeds.approve_policy import needed
from wushang.judge.load import Load, load, region_name
from wushang.judge.members import lists
from wushang.judge.models import PolicyVersion
from wushang.judge.numbers import numbers
from wushang.judge.pack import Outcome, Pack
from wushang.judge.recheck_words import rechecks
from wushang.judge.run import regional
from wushang.judge.shipped import not_taken
from wushang.judge.subject import SUBJECTS, no_trial
from wushang.people import area, audit
from wushang.people.page import allowed


def version_for(request: HttpRequest, pk: int) -> PolicyVersion:
    """The version, where it lies in the scope; else it is not there."""
    version = PolicyVersion.objects.filter(pk=pk).first()
    if version is None or not request.scope.covers("judge.see", version.region):  # type: ignore[attr-defined]
        raise Http404
    return version


@allowed("judge.see")
@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """Every rule of the places in the scope: what is in force, what waits."""
    seen = [
        v
        for v in PolicyVersion.objects.order_by("policy", "region", "-number")
        if request.scope.covers("judge.see", v.region)
    ]  # type: ignore[attr-defined]
    rules = [summary(list(versions), request.today) for _key, versions in groupby(seen, lambda v: (v.policy, v.region))]
    may_draft = may(request, "judge.draft_policy", "")
    told = {"rules": rules, "needed": needed(), "may_draft": may_draft}
    told["not_taken"] = len(not_taken(settings.WUSHANG_REGION)) if rules and may_draft else 0
    return render(request, "judge/policies.html", told)


def summary(versions: list[PolicyVersion], today: date) -> dict[str, Any]:
    """One rule's line: the version that holds today or else the newest, and the others that wait."""
    now = next((v for v in versions if v.state_on(today) == "in_force"), None)
    shown = now or versions[0]
    waiting = [v for v in versions if v.state_on(today) in ("draft", "approved", "scheduled") and v is not shown]
    waiting += [v for v in versions if v.state == "offered" and v.number > shown.number][:1]
    return {
        "version": shown,
        "in_force": now,
        "waiting": waiting,
        "issuer": shown.pack.issuer,
        "region": region_name(shown.region),
        "subject": None if shown.pack.of_units else SUBJECTS[shown.pack.subject],
        "list_url": list_url(shown),
    }


def may(request: HttpRequest, verb: str, region: str) -> bool:
    scope = request.scope  # type: ignore[attr-defined]
    return scope.covers(verb, region) if region else scope.may(verb)


@allowed("judge.see")
@require_safe
def policy(request: HttpRequest, pk: int) -> HttpResponse:
    """One version as sentences; in a draft the numbers may be changed."""
    version = version_for(request, pk)
    return render(request, "judge/policy.html", page(request, version))


def page(request: HttpRequest, version: PolicyVersion, typed: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the page of a version shows; `typed` is a refused form, whose values are not lost."""
    told = typed or {}
    pack, approvals = version.pack, list(version.approvals.select_related("user"))
    state = version.state_on(request.today)  # type: ignore[attr-defined]
    holds = state in ("in_force", "scheduled")
    can_draft, can_approve = (
        may(request, verb, version.region) for verb in ("judge.draft_policy", "judge.approve_policy")
    )
    return as_prose(pack, version.region, told) | {
        "no_trial": None if pack.of_units else no_trial(pack.subject)[0],
        "version": version, "typed": told, "region": region_name(version.region), "approvals": approvals,
        "remarks": check_text(version.text, request.today)[1], "others": siblings(version),  # type: ignore[attr-defined]
        "editing": version.state == "draft" and can_draft, "missing_approvals": max(0, needed() - len(approvals)),
        "force_from": max(request.today, version.effective_from + timedelta(days=1)) if holds and version.effective_from else request.today,
        "list_url": list_url(version),
        "can_draft": can_draft, "state": state, "after_trial": version.origin.partition("trial ")[2],
        "can_approve": can_approve and version.state in ("draft", "offered") and request.user not in [a.user for a in approvals],
        "can_force": can_approve and (version.state == "approved" or holds and version.mode == "compute_only"),
        "can_end": can_approve and holds, "last_run": version.runs.first(),
    }  # fmt: skip


def as_prose(pack: Pack, region: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """What `judge/_law.html` shows of a rule."""
    whole, counted = area.whole(region), numbers(pack)
    return {
        "subject": SUBJECTS[pack.subject], "pack": pack, "paragraphs": [paragraph(pack, one, told, whole) for one in reversed(pack.outcomes)],
        "counting": [prose.typed(words, told) for words in prose.count_words(pack)], "local": local(pack, told), "rechecks": rechecks(pack, whole),
        "notes": list(dict.fromkeys(use.note for use in pack.measures.values() if use.note)), "numbers": counted, "defaults": sum(one.default for one in counted),
    }  # fmt: skip


def list_url(version: PolicyVersion) -> str:
    """Where to see who stands where by a rule in force; '' where it lists nobody."""
    if version.state != "in_force":
        return ""
    if not version.pack.of_units:
        return reverse("judge:assessments", args=[version.pk])
    return reverse("judge:policy_list", args=[version.pk]) if lists(version.pack) else ""


def siblings(version: PolicyVersion) -> list[PolicyVersion]:
    return list(PolicyVersion.objects.filter(policy=version.policy, region=version.region).exclude(pk=version.pk))


def paragraph(pack: Pack, outcome: Outcome, told: Mapping[str, Any], whole: str) -> dict[str, Any]:
    """An outcome as a paragraph; the page has the lightest first, as a document would."""
    case, day = pack.cases.get(outcome.code), pack.shown_on
    words = prose.typed(prose.condition(pack, outcome, day), told)
    return {
        "code": outcome.code, "kind": outcome.kind, "title": prose.title(pack, outcome.code), "words": words,
        "then": prose.follows(outcome, whole), "clause": outcome.clause, "when": outcome.when,
        "clocks": prose.typed(prose.clock_words(outcome.code, case.clocks.values()), told) if case else [],
        "defaults": [clock.grounds.why for clock in case.clocks.values() if clock.grounds.basis == "platform_default"] if case else [],
        "sent": prose.typed(prose.sent_words(pack, case, day), told) if case else [], "urgent": bool(case and case.urgent),
        "top": prose.typed(prose.top_words(pack, outcome, day), told),
    }  # fmt: skip


def local(pack: Pack, told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """地方补充规定: what the document does not say, off until a place records its own basis."""
    found = []
    for parameter in pack.parameters.values():
        if parameter.own_basis:
            dated, path = parameter.on(pack.shown_on), f"parameters.{parameter.code}"
            on = path in told if told else bool(dated and dated.value)
            found.append({"parameter": parameter, "dated": dated, "path": path, "on": on})
    return found


@allowed("judge.see")
@require_safe
def load_part(request: HttpRequest, pk: int) -> HttpResponse:
    """办得过来吗: twelve months replayed; worked out once per text and state of the facts."""
    version = version_for(request, pk)
    if not version.pack.of_units:  # nobody is warned, so nobody's work follows
        raise Http404
    told = {"load": loaded(version, request.today), "version": version}  # type: ignore[attr-defined]
    return render(request, "judge/_load.html" if request.headers.get("HX-Request") else "judge/load.html", told)


def loaded(version: PolicyVersion, today) -> Load:
    pool = regional(version.region)
    key = f"judge.load.{version.digest}.{version.region}.{pool.commit}.{today:%Y-%m}"
    found = cache.get(key)
    if found is None:
        found = load(version.pack, pool, today, version.region)
        cache.set(key, found, 3600)
    return found


@allowed("judge.see")
@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The text, byte for byte."""
    version = version_for(request, pk)
    audit.write(request.actor, request.now, "judge.see", f"policy:{pk}", {"export": version.digest})  # type: ignore[attr-defined]
    answer = HttpResponse(version.text.encode("utf-8"), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(version.title)}-{version.number}.yaml"
    return answer
