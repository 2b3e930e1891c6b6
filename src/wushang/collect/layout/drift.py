"""What has changed in the columns since the same sender's last delivery: noticed and asked, never guessed.

A question `blocks` where going on would lose a column without a word or read it in the wrong unit; the delivery then waits
in 待对应列. The others are shown on the result page.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wushang.collect.cells.title import plain_title, unit_of
from wushang.collect.layout.alike import likeness
from wushang.collect.models import Batch
from wushang.collect.reading.header import Header
from wushang.collect.source import Source
from wushang.terms.problem import Problem

REMEMBERED = 12  # deliveries whose layouts count as known
ALIKE = 0.4  # titles that may be one column
TRIVIAL = {"序号", "编号", "行号", "备注"}
COUNTED = (Batch.CHECKED, Batch.CONFIRMED, Batch.LANDED)
Question = dict[str, Any]


def asked(batch: Batch, header: Header) -> Problem | None:
    """Write the questions on the delivery; a Problem where one of them must be answered first."""
    earlier = deliveries_before(batch)
    found = questions(as_sent(batch), [one.header for one in earlier], header) if earlier else []
    agreed = set(batch.layout.get("agreed", []))
    batch.layout = batch.layout | {"questions": found, "last": earlier[0].pk if earlier else None}
    open_ones = [one for one in found if one["blocks"] and one["id"] not in agreed]
    if not open_ones:
        return None
    why = _("表头与上一次报送不同：%(what)s") % {"what": "".join(one["says"] for one in open_ones)}
    remedy = _("请打开“对应列”，逐个回答后再读。")
    return Problem("drift", _("表头"), batch.file_name, why, remedy)


def as_sent(batch: Batch) -> Source:
    """The source with the units that a person said for this sender's titles: here, or when an earlier file was mapped.
    They belong to the sender: another one's 工资总额 may be in 元. And with the columns that this very file has not."""
    source = batch.version.loaded()
    if "units" not in batch.layout:
        last = last_delivery(batch)
        batch.layout = batch.layout | {"units": last.layout.get("units", {}) if last else {}}
    said = {name: units for name, units in batch.layout["units"].items() if name in source.columns}
    columns = {n: c.model_copy(update={"units": c.units | said[n]}) if n in said else c for n, c in source.columns.items()}
    absent = [name for name in batch.layout.get("absent", []) if name in columns]
    return source.model_copy(update={"columns": columns, "absent": absent}) if said or absent else source


def last_delivery(batch: Batch) -> Batch | None:
    """The sender's newest delivery of the same table that was read."""
    return next(iter(deliveries_before(batch, 1)), None)


def deliveries_before(batch: Batch, most: int = REMEMBERED) -> list[Batch]:
    """The sender's deliveries of the same table that were read, newest first."""
    before = Batch.objects.filter(version__source=batch.source, sender=batch.sender, state__in=COUNTED)
    return list(before.exclude(pk=batch.pk).exclude(header={}).only("pk", "header", "layout").order_by("-pk")[:most])


def questions(source: Source, earlier: list[dict[str, Any]], now: Header) -> list[Question]:
    """Each difference from the newest of the earlier headers that none of them has shown before."""
    before = earlier[0]
    titles = before.get("titles", {})
    lost = [n for n in titles if n in source.columns and n not in now.places and all(n in e.get("titles", {}) for e in earlier)]
    known = {title for e in earlier for title in (*e.get("titles", {}).values(), *e.get("unknown", {}).values())}
    new = [title for title in now.unknown.values() if title not in known and title not in TRIVIAL]
    pairs = _pairs(source, {name: titles[name] for name in lost}, new)
    gone = [titles[name] for name in lost if name not in pairs]
    return [
        *(_renamed(name, titles[name], title) for name, title in pairs.items()),
        *([_gone(gone)] if gone else []),
        *(_new(title) for title in new if title not in pairs.values()),
        *_units(source, earlier, now),
        *_moved(before, now),
    ]


def _pairs(source: Source, lost: dict[str, str], new: list[str]) -> dict[str, str]:
    """Lost field → the new column it may be called now: titles that are alike, the likest first, each once."""
    scored = [
        (max(likeness(title, known) for known in [was, *source.columns[name].titles]), name, title)
        for name, was in lost.items()
        for title in new
    ]
    found: dict[str, str] = {}
    for score, name, title in sorted(scored, key=lambda one: -one[0]):
        if score >= ALIKE and name not in found and title not in found.values():
            found[name] = title
    return found


def _renamed(name: str, was: str, title: str) -> Question:
    says = _("上次叫“%(a)s”，这次没有这一列，却多了“%(b)s”，是同一列吗？") % {"a": was, "b": title}
    return {"id": f"lost:{name}:{title}", "kind": "renamed", "field": name, "before": was, "now": [title], "blocks": True,
            "says": says}  # fmt: skip


def _gone(titles: list[str]) -> Question:
    shown = "、".join(titles[:8]) + (_(" 等 %(n)d 列") % {"n": len(titles)} if len(titles) > 8 else "")
    says = _("上次有、这次没有的列：%(a)s。") % {"a": shown}
    return {"id": f"gone:{'、'.join(titles)}"[:200], "kind": "gone", "field": "", "before": shown, "now": [], "blocks": False,
            "says": says}  # fmt: skip


def _new(title: str) -> Question:
    says = _("多了一列“%(b)s”，现在没有用它。") % {"b": title}
    return {"id": f"new:{title}", "kind": "new", "field": "", "before": "", "now": [title], "blocks": False, "says": says}


def _units(source: Source, earlier: list[dict[str, Any]], now: Header) -> list[Question]:
    """A unit other than last time's. One that the header does not say any more cannot be known: that blocks, unless the
    same title was read so before. (A rate without a unit is read by the only lawful one.)"""
    found = []
    for name, was in earlier[0].get("units", {}).items():
        column = source.columns.get(name)
        if column is None or name not in now.places or not was:
            continue
        title = now.titles[name]
        written = bool(unit_of(title) or plain_title(title) in column.units)
        unit = now.units.get(name) or column.unit or ("元" if column.type == "money" else "")
        if not unit or unit == was or any(_read_so(one, name, title, unit) for one in earlier):
            continue
        says = _("“%(t)s”上次按“%(a)s”读，") % {"t": title, "a": was}
        says += _("这次写的是“%(b)s”。") % {"b": unit} if written else _("这次表头没有写单位，还是“%(a)s”吗？") % {"a": was}
        found.append({"id": f"unit:{name}:{was}:{unit}", "kind": "unit", "field": name, "before": was,
                      "now": [unit] if written else [], "blocks": not written, "says": says})  # fmt: skip
    return found


def _read_so(header: dict[str, Any], name: str, title: str, unit: str) -> bool:
    return header.get("titles", {}).get(name) == title and header.get("units", {}).get(name) == unit


def _moved(before: dict[str, Any], now: Header) -> list[Question]:
    """The columns stand in another order; they are read by their titles, so nothing is lost."""
    both = [name for name in before.get("places", {}) if name in now.places]
    was, is_now = (sorted(both, key=lambda name: (places[name], name)) for places in (before["places"], now.places))
    if was == is_now:
        return []
    first = next(a for a, b in zip(is_now, was, strict=True) if a != b)
    says = _("列的先后与上次不同（从“%(t)s”起），仍按列名对应。") % {"t": now.titles[first]}
    return [{"id": "moved", "kind": "moved", "field": first, "before": "", "now": [], "blocks": False, "says": says}]
