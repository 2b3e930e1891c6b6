"""Which version of a source reads the next delivery: the newest row; the shipped file only where there is no row yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from wushang.collect.content import Content, opened, refuse_empty
from wushang.collect.layout.propose import resemblance, worth
from wushang.collect.models import SourceVersion
from wushang.collect.reading import Opens, Sheet, read
from wushang.collect.reading.header import find_header, lacking
from wushang.collect.source import Source, shipped
from wushang.people.deed import refuse
from wushang.people.models import Department

LIKELY = 0.5  # at least half of the needed columns have a title like one of the file's
SHOWN = 6  # tables named in a sentence


def in_force(source: str, at: datetime) -> SourceVersion:
    """The version in force as a row, for a delivery to hold on to; the first time, the shipped one becomes a row. An upgrade changes
    nothing by itself."""
    version = SourceVersion.objects.filter(source=source).first()
    if version:
        return version
    found = table_of(source)
    return SourceVersion.objects.get_or_create(
        source=source, digest=found.digest, defaults={"text": found.text, "since": at}
    )[0]


def table_of(source: str) -> Source:
    """The same, only to be read: writes nothing."""
    if version := SourceVersion.objects.filter(source=source).first():
        return version.loaded()
    if source not in shipped():
        names = "、".join(f"{s.id}（{s.title}）" for s in shipped().values())
        why = _("没有名为“%(source)s”的报送表。") % {"source": source}
        raise refuse("no_source", why, _("可用的有：%(names)s。") % {"names": names})
    return shipped()[source]


def keep_version(source: Source, at: datetime, by: str, why: str) -> SourceVersion:
    """Put a text in force; one that was in force before is in force again. Deliveries keep the version that read them."""
    version, made = SourceVersion.objects.get_or_create(
        source=source.id, digest=source.digest,
        defaults={"text": source.text, "since": at, "by": by[:60], "why": why[:500]},
    )  # fmt: skip
    if not made and in_force(source.id, at) != version:
        SourceVersion.objects.filter(pk=version.pk).update(since=at, by=by[:60], why=why[:500])
        version.refresh_from_db()
    return version


def sources() -> list[Source]:
    """Every source as in force. Writes nothing."""
    newest: dict[str, int] = {}
    for name, pk in SourceVersion.objects.values_list("source", "pk"):  # the newest of each comes first
        newest.setdefault(name, pk)
    found = [version.loaded() for version in SourceVersion.objects.filter(pk__in=newest.values())]
    found += [one for name, one in shipped().items() if name not in newest]
    return sorted(found, key=lambda source: (source.rank, source.id))


@dataclass(frozen=True)
class Alike:
    """A table that a file may be: how many of its columns the header names, which needed ones it lacks."""

    source: Source
    named: int
    lacks: list[str]

    def said(self) -> str:
        """工伤认定（认出 14 列，缺“申请日期”）."""
        lacks = _("，缺%(t)s") % {"t": "".join(f"“{title}”" for title in self.lacks)} if self.lacks else ""
        return _("%(title)s（认出 %(n)d 列%(lacks)s）") % {"title": self.source.title, "n": self.named, "lacks": lacks}


def guess(content: Content | Opens, file_name: str) -> Source:
    """The one source whose header the file has; refused when none fits, or it may be several."""
    found = alike(_sheets(content, file_name), sources())
    if len(found) == 1 and not found[0].lacks:
        return found[0].source
    if found:
        raise refuse("several_sources", which_of(found), _("请在“报送表”一栏选定是哪一张。"), value=file_name)
    titles = "、".join(source.title for source in sources())
    remedy = _("请选定报送表（%(titles)s），选定后可以逐列对应；也可下载样表对照列名。") % {"titles": titles}
    raise refuse("which_source", _("从表头认不出这是哪一张报送表。"), remedy, value=file_name)


def which_of(found: list[Alike]) -> str:
    """The sentence that names the tables a file may be."""
    tables = "、".join(one.said() for one in found[:SHOWN])
    return (_("表头像：%(tables)s。") if len(found) == 1 else _("表头同时像：%(tables)s。")) % {"tables": tables}


def _sheets(content: Content | Opens, file_name: str) -> list[Sheet]:
    return read(content if isinstance(content, bytes) or callable(content) else partial(opened, content), file_name)


def alike(sheets: list[Sheet], known: Iterable[Source]) -> list[Alike]:
    """The tables that the sheets may be, the likest first: those whose needed columns are there and that name most, and any
    that names more than these and lacks one needed column alone: it may be that one, not a short list that happens to fit."""
    found = [one for source in known if (one := _best(sheets, source))]
    whole = max((one.named for one in found if not one.lacks), default=0)
    near = [one for one in found if len(one.lacks) == 1 and one.named > max(whole, 2)]
    most = max((one.named for one in near), default=0)
    near = [one for one in near if one.named * 2 > most]
    return sorted([*near, *(one for one in found if not one.lacks and one.named == whole)], key=lambda one: -one.named)


def _best(sheets: list[Sheet], source: Source) -> Alike | None:
    """The sheet that is most like the table: first one that lacks nothing."""
    headers = [header for sheet in sheets if (header := find_header(sheet, source))]
    each = [Alike(source, len(header.places), lacking(header, source)) for header in headers]
    return min(each, key=lambda one: (len(one.lacks), -one.named), default=None)


def likely(sheets: list[Sheet], kinds: Iterable[str]) -> list[tuple[bool, Source]]:
    """For a layout that nobody knows: the tables of these kinds of departments that it looks like, the likest first, and whether
    half of what each needs seems to be there."""
    mine = [source for source in sources() if set(kinds) & set(source.departments)]
    scored = [(*_looks(sheets, source), -source.rank, source) for source in mine]
    scored.sort(key=lambda one: one[:3], reverse=True)
    return [(needed >= LIKELY, source) for alike, needed, _rank, source in scored if alike]


def _looks(sheets: list[Sheet], source: Source) -> tuple[int, float]:
    """How many titles are like a column, and which share of the needed columns seems to be there."""
    return max(((resemblance(sheet, source), worth(sheet, source)) for sheet in sheets), default=(0, 0.0))


@dataclass(frozen=True)
class Taken:
    """The source a file is taken for; `may_be` where it may be several and a person says which (source ids, the sentence)."""

    source: str
    may_be: tuple[str, ...] = ()
    why: str = ""
    guessed: bool = False  # by likeness alone: a person will map it, and say whose it is


def table_of_file(content: Content, file_name: str, sender: Department | None, kinds: Iterable[str] = ()) -> Taken:
    """The source a file is: by its header, else the likeliest of this sender's, for a person to map; refused when none. Where a
    person is there to be asked, `kinds` are the departments she may bring files for: what is like none is asked about as well."""
    refuse_empty(content, file_name)
    sheets = _sheets(content, file_name)
    found = alike(sheets, sources())
    if len(found) == 1:
        return Taken(found[0].source.id)  # what it lacks is asked for in 对应列
    if found:
        mine = [one for one in found if sender and sender.kind in one.source.departments and one.named * 2 > found[0].named]
        first = (mine or found)[0].source.id
        return Taken(first, tuple(dict.fromkeys([first, *(one.source.id for one in found)])), which_of(found))
    looks = likely(sheets, kinds or ([sender.kind] if sender else []))
    fits = [source for fit, source in (looks[:1] if kinds else looks) if fit]  # where nobody is there to be asked, the first that fits
    if fits:
        return Taken(fits[0].id, guessed=True)
    if looks and kinds:
        nearest = [source for _fits, source in looks[:SHOWN]]
        why = _("从表头认不出这是哪一张报送表。最像的是：%(t)s。") % {"t": "、".join(source.title for source in nearest)}
        return Taken(nearest[0].id, tuple(source.id for source in nearest), why, guessed=True)
    return Taken(guess(content, file_name).id)
