"""What a delivery changes: its rows against what is known of the same source and sender, by natural key and digest."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection

from wushang.pool.models import Reported


@dataclass
class Difference:
    """Keys that are new, changed (with the pk they replace), the same, and gone from the file (with their pk)."""

    new: list[str] = field(default_factory=list)
    changed: dict[str, int] = field(default_factory=dict)
    same: list[str] = field(default_factory=list)
    gone: dict[str, int] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {name: len(getattr(self, name)) for name in ("new", "changed", "same", "gone")}

    def change(self, key: str) -> str:
        """new | changed | same for one key of the delivery."""
        return "changed" if key in self.changed else "same" if key in set(self.same) else "new"


def table_of(lands: str) -> type[Reported]:
    """The pool's table by its name in a source."""
    return apps.get_model("pool", lands)


def compare(
    model: type[Reported],
    source: str,
    sender: str,
    digests: Mapping[str, str],
    whole_periods: Collection[str] = (),
    held: Collection[str] = (),
    known_at: int | None = None,
) -> Difference:
    """`digests` is key → digest of the accepted rows. `held` are keys of rows that wait to be mended: they are in the
    file, so they are not gone. `known_at` asks what an earlier commit knew; without it, what is known now."""
    known = _known(model, source, sender, list(digests), list(whole_periods), known_at)
    waiting = set(held)
    found = Difference()
    for key, digest in digests.items():
        if key not in known:
            found.new.append(key)
        elif known[key][1] == digest:
            found.same.append(key)
        else:
            found.changed[key] = known[key][0]
    found.gone = {key: pk for key, (pk, _) in sorted(known.items()) if key not in digests and key not in waiting}
    return found


def _known(
    model: type[Reported], source: str, sender: str, keys: list[str], periods: list[str], at: int | None
) -> dict[str, tuple[int, str]]:
    facts = model.objects.current() if at is None else model.objects.as_of(at)
    rows = facts.filter(source=source, sender=sender)
    found: dict[str, tuple[int, str]] = {}
    if periods:
        found = {k: (pk, d) for k, pk, d in rows.filter(period__in=periods).values_list("key", "pk", "digest")}
    missing = [key for key in keys if key not in found]
    size = 500 if connection.vendor == "sqlite" else 10_000  # variables a statement may have
    for start in range(0, len(missing), size):
        some = rows.filter(key__in=missing[start : start + size])
        found.update({k: (pk, d) for k, pk, d in some.values_list("key", "pk", "digest")})
    return found
