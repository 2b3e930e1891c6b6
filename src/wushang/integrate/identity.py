"""One enterprise over time: what it was called, which codes it had, whose branch it is, who its branches are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from wushang.integrate.models import Candidate
from wushang.integrate.names import branch, plain_name
from wushang.integrate.places import place_names
from wushang.pool.models import Commit, EnterpriseVersion

WRITTEN = "名册写明曾用名"  # the reason of a pair that the register itself proposes


def renamed(one: EnterpriseVersion, other: EnterpriseVersion) -> bool:
    """Whether the register says that one was formerly called as the other is: then two valid codes may be one unit (换码)."""
    places = place_names()
    return any(
        b.plain_name in {plain_name(name, places) for name in a.former_names} for a, b in ((one, other), (other, one)) if b.plain_name
    )  # fmt: skip


def propose_renamed(commit: Commit, former: Iterable[tuple[int, str]]) -> set[tuple[int, str]]:
    """Former names (enterprise, plain name) that another unit still bears: pairs for a person; returns those names."""
    wanted: dict[str, list[int]] = {}
    for enterprise, plain in former:
        wanted.setdefault(plain, []).append(enterprise)
    found, names = [], sorted(wanted)
    for start in range(0, len(names), 500):
        rows = EnterpriseVersion.objects.current().filter(plain_name__in=names[start : start + 500], merged_into=None)
        found += [(e, other, plain) for other, plain in rows.values_list("enterprise_id", "plain_name") for e in wanted[plain] if e != other]
    Candidate.objects.bulk_create(
        [Candidate(left_id=other, right_id=e, reason=WRITTEN, likeness=0.98, commit=commit) for e, other, _plain in found],
        ignore_conflicts=True,
    )  # fmt: skip
    return {(e, plain) for e, _other, plain in found}


@dataclass(frozen=True)
class Period:
    """From when on a unit was known by a name and a code."""

    since: datetime
    name: str
    uscc: str


def history(enterprise: int, known: int | None = None) -> list[Period]:
    """Names and codes in the order they became known, up to a commit; what did not change is told once."""
    told: list[Period] = []
    rows = EnterpriseVersion.objects.filter(enterprise=enterprise, recorded__number__isnull=False).order_by("recorded__number")
    rows = rows if known is None else rows.filter(recorded__number__lte=known)
    for since, name, uscc in rows.values_list("recorded__published", "name", "uscc"):
        if not told or (told[-1].name, told[-1].uscc) != (name, uscc):
            told.append(Period(since, name, uscc))
    return told


def parent(version: EnterpriseVersion) -> EnterpriseVersion | None:
    """The company whose branch (分公司) this is, where it is known; a branch stays a unit of its own."""
    parts = branch(version.plain_name)
    found = EnterpriseVersion.objects.current().filter(plain_name=parts[0], merged_into=None)[:2] if parts else []
    return found[0] if len(found) == 1 else None


def branches(version: EnterpriseVersion) -> list[EnterpriseVersion]:
    """The known branches of a company."""
    if not version.plain_name:
        return []
    near = EnterpriseVersion.objects.current().filter(plain_name__startswith=version.plain_name, merged_into=None).exclude(pk=version.pk)
    return [one for one in near[:200] if (parts := branch(one.plain_name)) and parts[0] == version.plain_name]
