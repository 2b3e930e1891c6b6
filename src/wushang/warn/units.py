"""Who is concerned by an enterprise: its present name and place, its township, its regulator, the issuing bureau."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from wushang.people.deed import Place
from wushang.people.models import Department
from wushang.people.scope import Scope
from wushang.pool.models import EnterpriseVersion


def version_of(enterprise: int) -> EnterpriseVersion | None:
    """What is known of an enterprise now."""
    return EnterpriseVersion.objects.current().filter(enterprise=enterprise).order_by("-pk").first()


def place_of(enterprise: int) -> Place:
    """Access goes by the current region and industry."""
    now = version_of(enterprise)
    return (now.region, now.industry, enterprise) if now else ("", "", enterprise)


def visible(scope: Scope, verb: str) -> QuerySet:
    """Ids of the enterprises in a scope, by their current place."""
    return EnterpriseVersion.objects.current().filter(scope.q(verb)).values("enterprise")


def township_of(region: str) -> Department | None:
    """The township office (镇街) of a region code, the code's own or the nearest above it."""
    codes = [region[:n] for n in (12, 9) if len(region) >= n]
    found = {d.region.code: d for d in Department.objects.filter(kind="township", region__code__in=codes)}
    return next((found[code] for code in codes if code in found), None)


def regulator_of(now: EnterpriseVersion) -> Department | None:
    return Department.objects.filter(code=now.regulator).first() if now.regulator else None


def nearest(kind: str, region: str) -> Department | None:
    """The department of a kind nearest above an enterprise: its county's, else the deployment's; never another county's."""
    found = {d.region.code: d for d in Department.objects.filter(kind=kind).select_related("region")}
    return found.get(region[:6]) or found.get(settings.WUSHANG_REGION)


def party(word: str, now: EnterpriseVersion) -> Department | None:
    """Whom a rule means for one enterprise: its regulator, its township, or the department of that kind."""
    if word == "regulator":
        return regulator_of(now)
    return township_of(now.region) if word == "township" else nearest(word, now.region)
