"""Pairs that a person decides 疑似同一单位, as somebody may see them, and the two sides put beside each other."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from wushang.integrate import identity, worth
from wushang.integrate.models import Candidate
from wushang.people.crypto import mask_name, mask_phone
from wushang.people.models import Department, Region
from wushang.people.scope import Scope
from wushang.pool.models import (
    Commit,
    Contact,
    DiseaseHazard,
    EnterpriseVersion,
    Headcount,
    InjuryVersion,
    RegisterEntry,
    Report,
)  # fmt: skip
from wushang.terms import codes

MONTHS = 6
PARTED = "由人分开"  # the reason of a pair that a split leaves behind
NOT_COUNTED = ("refused", "withdrawn")
SOURCES = ((RegisterEntry, "单位名册"), (Headcount, "参保缴费"), (Report, "工伤认定"), (DiseaseHazard, "职业病危害"))


def standing(scope: Scope, verb: str = "integrate.see") -> QuerySet[EnterpriseVersion]:
    """Enterprises of the scope that are not merged away."""
    return EnterpriseVersion.objects.current().filter(scope.q(verb), merged_into=None)


def open_pairs(scope: Scope, verb: str = "integrate.see") -> QuerySet[Candidate]:
    """Open pairs of published landings; both sides in the scope, for each side is shown with its figures."""
    seen = standing(scope, verb).values("enterprise_id")
    return Candidate.objects.filter(state="open", commit__number__isnull=False, left__in=seen, right__in=seen)


def before(one: Candidate) -> Q:
    """Pairs that stand before this one in the queue: worth more, or as much and likelier."""
    likelier = Q(worth=one.worth, likeness__gt=one.likeness) | Q(worth=one.worth, likeness=one.likeness, pk__lt=one.pk)
    return Q(worth__gt=one.worth) | likelier


def stakes(pairs: Iterable[Candidate], today: date) -> dict[int, str]:
    """What hangs on each pair, in words: 工伤 2 人次，参保 58 人，在办预警 1 件."""
    some = list(pairs)
    left, both = {one.left_id for one in some}, {side for one in some for side in (one.left_id, one.right_id)}
    injuries, heads, cases = worth.injured(left, today), worth.insured(left), worth.open_cases(both)
    return {one.pk: _stake(injuries[one.left_id], heads[one.left_id], cases[one.left_id] + cases[one.right_id]) for one in some}


def _stake(injuries: int, heads: int, cases: int) -> str:
    said = ((injuries, _("工伤 %(n)d 人次")), (heads, _("参保 %(n)d 人")), (cases, _("在办预警 %(n)d 件")))
    return "，".join(words % {"n": n} for n, words in said if n)


def merges(scope: Scope, since: date) -> list[dict[str, Any]]:
    """归并 since a day, the newest first, with whether they still stand."""
    seen = set(EnterpriseVersion.objects.current().filter(scope.q("integrate.see")).values_list("enterprise_id", flat=True))
    commits = [c for c in Commit.objects.filter(kind="merge", published__date__gte=since).order_by("-number")
               if c.enterprises and set(c.enterprises) <= seen]  # fmt: skip
    moved = EnterpriseVersion.objects.filter(recorded__in=commits, merged_into__isnull=False)
    stands = {row.recorded_id: row.superseded_id is None for row in moved}
    said = dict(Candidate.objects.filter(merge__in=commits).values_list("merge_id", "remark"))
    return [{"commit": c, "stands": stands.get(c.pk, False), "remark": said.get(c.pk, "")} for c in commits]


def splits(scope: Scope, since: date) -> list[dict[str, Any]]:
    """分开 since a day, the newest first, with whether they still stand."""
    mine = Candidate.objects.filter(commit__kind="split", reason=PARTED, commit__published__date__gte=since, right__in=standing(scope).values("enterprise_id"))
    mine = mine.select_related("commit").order_by("-commit__number")
    there = set(EnterpriseVersion.objects.current().filter(enterprise__in=[one.left_id for one in mine], merged_into=None).values_list("enterprise_id", flat=True))
    return [{"commit": one.commit, "stands": one.state == "different" and one.left_id in there, "remark": one.remark} for one in mine]


def undoable(scope: Scope, since: date) -> dict[int, Commit]:
    return {row["commit"].pk: row["commit"] for row in merges(scope, since) if row["stands"]}


@dataclass
class Side:
    """One enterprise of a pair with what helps to tell whether it is the other one too."""

    version: EnterpriseVersion
    name_parts: list[tuple[str, bool]] = field(default_factory=list)  # (text, differs)
    heads: dict[date, int] = field(default_factory=dict)
    persons: int = 0
    events: int = 0
    sources: list[str] = field(default_factory=list)
    phones: dict[str, str] = field(default_factory=dict)  # blind index → masked

    @property
    def pk(self) -> int:
        return self.version.enterprise_id


@dataclass(frozen=True)
class Line:
    """One row of the comparison; `same` is None where one side says nothing."""

    label: str
    left: Any
    right: Any
    same: bool | None

    @property
    def word(self) -> str:
        return "" if self.same is None else _("相同") if self.same else _("不同")


def sides(left: EnterpriseVersion, right: EnterpriseVersion, today: date) -> tuple[Side, Side]:
    both = Side(left), Side(right)
    both[0].name_parts, both[1].name_parts = differing(left.name, right.name)
    ids = [left.enterprise_id, right.enterprise_id]
    heads, injured, known = _heads(ids), _injured(ids, today), _phones(ids)
    for side in both:
        side.heads = heads[side.pk]
        side.persons, side.events = injured[side.pk]
        side.phones = known[side.pk]
        side.sources = [word for model, word in SOURCES if _said(model, side.pk)]
    return both


def differing(left: str, right: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both names in pieces, with what the other has not marked: 恒[岳]杯业, 恒[悦]杯业."""
    a: list[tuple[str, bool]] = []
    b: list[tuple[str, bool]] = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        a += [(left[i:j], kind != "equal")] if j > i else []
        b += [(right[k:m], kind != "equal")] if m > k else []
    return a, b


def _heads(ids: list[int]) -> dict[int, dict[date, int]]:
    """参保人数 of the latest months known to either."""
    rows = Headcount.objects.current().filter(enterprise__in=ids)
    last = rows.aggregate(last=Max("month"))["last"]
    found: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    if last:
        first = date(last.year - (last.month < MONTHS), (last.month - MONTHS) % 12 + 1, 1)
        for enterprise, month, insured in rows.filter(month__gte=first).values_list("enterprise_id", "month", "insured"):
            found[enterprise][month] += insured
    return found


def _injured(ids: list[int], today: date) -> dict[int, tuple[int, int]]:
    """(persons, events) of the last twelve months, of whom the enterprise employs or uses."""
    rows = InjuryVersion.objects.current().filter(
        Q(employer__in=ids) | Q(host__in=ids), occurred__gt=today - timedelta(days=365)
    ).exclude(status__in=NOT_COUNTED)  # fmt: skip
    events: dict[int, list[str]] = defaultdict(list)
    for employer, host, event in rows.values_list("employer_id", "host_id", "event"):
        for enterprise in {employer, host} & set(ids):
            events[enterprise].append(event)
    return defaultdict(lambda: (0, 0), {e: (len(all_), len(set(all_))) for e, all_ in events.items()})


def _phones(ids: list[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for contact in Contact.objects.filter(enterprise__in=ids, invalid_since=None).exclude(phone=""):
        found[contact.enterprise_id][contact.phone_index] = mask_phone(contact.phone)
    return found


def _said(model: Any, enterprise: int) -> bool:
    which = Q(employer=enterprise) | Q(host=enterprise) if model is Report else Q(enterprise=enterprise)
    return model.objects.current().filter(which).exists()


def compared(left: Side, right: Side) -> list[Line]:
    """The rows side by side; names stand above them."""
    towns, offices = _names(left, right)
    pairs = [(getattr(left.version, name), getattr(right.version, name), label, word) for name, label, word in (
        ("former_names", _("曾用名"), "、".join),
        ("uscc", _("统一社会信用代码"), str),
        ("insurance_number", _("参保单位编号"), str),
        ("region", _("镇（街道、区）"), lambda code: towns.get(code, code)),
        ("industry", _("行业"), lambda code: f"{codes.name('industry', code)} {code}"),
        ("size", _("规模"), lambda size: codes.name("size", size) or size),
        ("regulator", _("行业主管部门"), lambda code: offices.get(code, code)),
        ("legal_person", _("法定代表人"), mask_name),
    )]  # fmt: skip
    lines = [Line(label, word(a) if a else "", word(b) if b else "", _same(a, b)) for a, b, label, word in pairs if a or b]
    lines += [Line(label, a, b, None) for label, a, b in _kin(left.version, right.version) if a or b]
    places = {left.version.region, right.version.region}
    if len(places) == 2 and any(code.startswith(other) for code in places for other in places - {code}):
        lines = [replace(line, same=None) if line.label == _("镇（街道、区）") else line for line in lines]  # one side knows the county only
    shared = set(left.phones) & set(right.phones)
    if left.phones or right.phones:
        same = bool(shared) if left.phones and right.phones else None
        lines.append(Line(_("联系电话"), "、".join(left.phones.values()), "、".join(right.phones.values()), same))
    return lines


def _kin(*both: EnterpriseVersion) -> list[tuple[str, str, str]]:
    """Whose branch each side is, and its own branches: a branch is no misspelt company."""
    parents = [identity.parent(one) for one in both]
    shown = [[one.name for one in identity.branches(version)] for version in both]
    return [
        (_("总公司"), *(one.name if one else "" for one in parents)),  # type: ignore[list-item]
        (_("分公司"), *("、".join(names[:3]) + (_("等 %(n)d 家") % {"n": len(names)} if len(names) > 3 else "") for names in shown)),
    ]  # fmt: skip


def _same(a: Any, b: Any) -> bool | None:
    return (set(a) == set(b) if isinstance(a, list) else a == b) if a and b else None


def _names(*both: Side) -> tuple[dict[str, str], dict[str, str]]:
    towns = Region.objects.filter(code__in=[side.version.region for side in both])
    offices = Department.objects.filter(code__in=[side.version.regulator for side in both])
    return dict(towns.values_list("code", "name")), dict(offices.values_list("code", "short_name"))


def months(left: Side, right: Side) -> list[tuple[date, int | None, int | None]]:
    """参保人数 month by month: (month, left, right), the earliest first; None where a side has no row."""
    known = sorted({*left.heads, *right.heads})[-MONTHS:]
    return [(month, left.heads.get(month), right.heads.get(month)) for month in known]


def two_codes(left: EnterpriseVersion, right: EnterpriseVersion) -> bool:
    """Two valid codes that differ are two legal persons; no merging, unless the register tells of the earlier name (换码)."""
    return bool(left.uscc and right.uscc and left.uscc != right.uscc) and not identity.renamed(left, right)


def by_enterprise(ids: Iterable[int]) -> dict[int, EnterpriseVersion]:
    return {v.enterprise_id: v for v in EnterpriseVersion.objects.current().filter(enterprise__in=set(ids))}
