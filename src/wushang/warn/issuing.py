"""Who issues a warning's letters and to whom: the departments that the rule names (issuer, addressees), found in the place's
own list of departments; and who may sign there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from wushang.judge.load import of_kind
from wushang.judge.pack import Pack
from wushang.people.access import scope_of
from wushang.people.models import Appointment, Department, Role, User, valid_on
from wushang.people.scope import Scope, region_prefix
from wushang.terms import codes
from wushang.warn import judged, signing, units


def bureau(finding: Any) -> Department | None:
    """The department that issues: of the kind the rule names, nearest above the enterprise; None where the list has none."""
    now = units.version_of(finding.enterprise_id)
    return units.party(judged.issuer_kind(finding), now) if now else None


def lacks(finding: Any) -> str:
    """What the list of departments would have to hold, in the rule's word: 安委办."""
    return codes.name("department_kind", judged.issuer_kind(finding))


def addressees(finding: Any) -> list[Department]:
    """The departments that the rule addresses beside the enterprise, as far as the place has them."""
    now, rules = units.version_of(finding.enterprise_id), judged.rules_of(finding)
    wanted = [kind for kind in (rules.addressees if rules else ()) if kind != "enterprise"]
    return [found for kind in wanted if now and (found := units.party(kind, now))]


def of_house(user: User, house: Department | None) -> bool:
    """Whether somebody belongs to the issuing department (or to a part of it that is listed apart: same kind, same place)."""
    mine = user.department
    return bool(house and mine) and (mine.kind, mine.region_id) == (house.kind, house.region_id)  # type: ignore[union-attr]


@dataclass(frozen=True)
class Hands:
    """One issuer of a rule: who may draft, review and sign its letters; `lacks` says what is missing, '' for nothing."""

    issuer: str
    drafters: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    lacks: str = ""


def hands(pack: Pack, region: str, on: date) -> list[Hands]:
    """Of each department in whose name the rule has letters issued in a region, on a day."""
    roles = [role.pk for role in Role.objects.all() if {"warn.draft", "warn.review", "warn.sign"} & set(role.verbs)]
    held = Appointment.objects.filter(valid_on(on)).filter(Q(role__in=roles) | Q(deputy_of__role__in=roles)).values("user")
    scopes = {user: scope_of(user, on) for user in User.objects.filter(pk__in=held, is_active=True).select_related("department__region")}
    found = []
    for kind in issuers(pack, on):
        kinds = [one.code for one in codes.all("department_kind") if of_kind(one.code, kind)]
        houses = list(Department.objects.filter(kind__in=kinds, region__code__startswith=region_prefix(region)).order_by("code"))
        found += [_hands(house, scopes) for house in houses] or [
            Hands(codes.name("department_kind", kind), lacks=str(_("部门名录里没有这个单位")))
        ]
    return found


def issuers(pack: Pack, on: date) -> list[str]:
    """Kinds of departments that have to sign something: a letter of an outcome, or 挂牌督办 after a re-check. Who only makes a
    list, or hands a case over, signs nothing."""
    signing_ones = (case for code, case in pack.cases.items() if judged.letter_at(pack, code) or case.recheck)
    return list(dict.fromkeys(case.issued_by(pack.settings(on)) for case in signing_ones))


def _hands(house: Department, scopes: dict[User, Scope]) -> Hands:
    region = house.region.code

    def who(verb: str, within: bool) -> list[User]:
        return [user for user, scope in scopes.items() if scope.covers(verb, region) and (not within or of_house(user, house))]

    drafters, reviewers, signers = who("warn.draft", False), who("warn.review", True), who("warn.sign", True)
    one, two, three = (tuple(user.name for user in some) for some in (drafters, reviewers, signers))
    wanted = [drafters, *([reviewers] * (len(signing.steps()) - 1)), signers]
    return Hands(house.name, one, two, three, lacks=_lacks(reviewers, signers, wanted))


def _lacks(reviewers: list[User], signers: list[User], wanted: list[list[User]]) -> str:
    if not reviewers or not signers:
        what = [title for title, some in ((_("审核"), reviewers), (_("签发"), signers)) if not some]
        return _("没有人%(what)s，文书发不出去；请系统管理员在“账号”里任命") % {"what": "、".join(what)}
    return "" if _apart(wanted) else str(_("签批的人不够：每一步须是不同的人；请系统管理员在“账号”里任命"))


def _apart(wanted: list[list[User]], taken: frozenset[int] = frozenset()) -> bool:
    """Whether each step can be done by somebody of its own."""
    return not wanted or any(_apart(wanted[1:], taken | {user.pk}) for user in wanted[0] if user.pk not in taken)
