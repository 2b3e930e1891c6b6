"""Load what a deployment starts with: roles as shipped, regions, departments."""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from wushang.people.models import Department, Region, Role


def roles() -> int:
    """Roles as shipped; returns how many are new. A role that a place has keeps what the place made of it, and gets the verbs
    that were shipped since: a new page would have no visitor else."""
    known = {verb for role in Role.objects.all() for verb in (*role.verbs, *role.shipped)}
    return sum(_role(said, known) for said in _shipped())


@cache
def _shipped() -> tuple[dict[str, Any], ...]:
    files = sorted((Path(__file__).parent / "roles").glob("*.yaml"))
    return tuple(yaml.safe_load(path.read_text(encoding="utf-8")) for path in files)


def _role(said: dict[str, Any], known: set[str]) -> bool:
    """One role; whether it is new. Of a ledger that does not say what was shipped to it, every verb that it knows was."""
    start = {"title": said["title"], "verbs": said["verbs"], "shipped": said["verbs"]}
    role, created = Role.objects.get_or_create(code=said["code"], defaults=start)
    before = set(role.shipped) or known
    role.verbs = [*role.verbs, *(verb for verb in said["verbs"] if verb not in before and verb not in role.verbs)]
    role.shipped = said["verbs"]
    role.save(update_fields=["verbs", "shipped"])
    return created


def regions(rows: Iterable[dict[str, str]]) -> int:
    """Rows code, name, kind, parent and, where known, valid_from, in any order; parents first. A code that is known gets the
    new name and parent."""
    waiting = {row["code"]: row for row in rows}
    known_since = ["valid_from"] if any(row.get("valid_from") for row in waiting.values()) else []
    count, known = len(waiting), dict(Region.objects.values_list("code", "pk"))
    while waiting:
        ready = [row for row in waiting.values() if not row["parent"] or row["parent"] not in waiting]
        if not ready:
            raise ValueError(f"these regions name each other as parent: {', '.join(sorted(waiting)[:5])}")
        made = [
            Region(
                code=row["code"], name=row["name"], kind=row["kind"], parent_id=known.get(row["parent"]),
                valid_from=row.get("valid_from") or None,
            )
            for row in ready
        ]
        Region.objects.bulk_create(
            made, 1000, update_conflicts=True, unique_fields=["code"], update_fields=["name", "kind", "parent", *known_since]
        )
        known = dict(Region.objects.values_list("code", "pk"))
        done = {row["code"] for row in ready}
        waiting = {code: row for code, row in waiting.items() if code not in done}
    return count


def departments(rows: Iterable[dict[str, str]]) -> int:
    """Rows code, name, short_name, kind, region."""
    count = 0
    for row in rows:
        region = Region.objects.get(code=row["region"])
        fields = {key: row[key] for key in ("name", "short_name", "kind")}
        Department.objects.update_or_create(code=row["code"], defaults={**fields, "region": region})
        count += 1
    return count


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))
