"""Load what a deployment starts with: roles as shipped, regions, departments."""

import csv
from collections.abc import Iterable
from pathlib import Path

import yaml

from wushang.people.models import Department, Region, Role


def roles() -> int:
    """Roles as shipped; a role that a place has changed (a row that exists) is left as it is."""
    made = 0
    for path in sorted((Path(__file__).parent / "roles").glob("*.yaml")):
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        _, created = Role.objects.get_or_create(
            code=said["code"], defaults={"title": said["title"], "verbs": said["verbs"]}
        )
        made += created
    return made


def regions(rows: Iterable[dict[str, str]]) -> int:
    """Rows code, name, kind, parent, in any order; parents first. A code that is known gets the new name and parent."""
    waiting = {row["code"]: row for row in rows}
    count, known = len(waiting), dict(Region.objects.values_list("code", "pk"))
    while waiting:
        ready = [row for row in waiting.values() if not row["parent"] or row["parent"] not in waiting]
        if not ready:
            raise ValueError(f"these regions name each other as parent: {', '.join(sorted(waiting)[:5])}")
        made = [
            Region(code=row["code"], name=row["name"], kind=row["kind"], parent_id=known.get(row["parent"]))
            for row in ready
        ]
        Region.objects.bulk_create(
            made, 1000, update_conflicts=True, unique_fields=["code"], update_fields=["name", "kind", "parent"]
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
