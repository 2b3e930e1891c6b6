"""What a delivery changes: its rows against the current ones of the same source and sender, by key and digest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection

from wushang.pool.models import Reported


@dataclass
class Difference:
    """Rows by their natural key: to add, to change (with the pk replaced), the same, and gone from the file."""

    new: list[str] = field(default_factory=list)
    changed: dict[str, int] = field(default_factory=dict)
    same: list[str] = field(default_factory=list)
    gone: dict[str, int] = field(default_factory=dict)

    @property
    def replaced(self) -> list[int]:
        return [*self.changed.values(), *self.gone.values()]


def difference(
    model: type[Reported], source: str, sender: str, digests: Mapping[str, str], whole_periods: Iterable[str] = ()
) -> Difference:
    """`digests` is key → digest of the delivery; rows of `whole_periods` that it does not hold are gone."""
    known = _known(model, source, sender, digests, list(whole_periods))
    result = Difference()
    for key, digest in digests.items():
        if key not in known:
            result.new.append(key)
        elif known[key][1] == digest:
            result.same.append(key)
        else:
            result.changed[key] = known[key][0]
    result.gone = {key: pk for key, (pk, _) in known.items() if key not in digests}
    return result


def _known(model, source: str, sender: str, digests: Mapping[str, str], periods: list[str]) -> dict[str, tuple[int, str]]:
    rows = model.objects.current().filter(source=source, sender=sender)
    if periods:
        found = {k: (pk, d) for k, pk, d in rows.filter(period__in=periods).values_list("key", "pk", "digest")}
    else:
        found = {}
    missing = [key for key in digests if key not in found]
    size = 500 if connection.vendor == "sqlite" else 10_000
    for start in range(0, len(missing), size):
        some = rows.filter(key__in=missing[start : start + size])
        found.update({k: (pk, d) for k, pk, d in some.values_list("key", "pk", "digest")})
    return found
