"""Which version of a source reads the next delivery: the newest row; the shipped file only where there is no row yet."""

from __future__ import annotations

from datetime import datetime

from wushang.collect.models import SourceVersion
from wushang.collect.reading import read
from wushang.collect.reading.header import find_header, lacking
from wushang.collect.source import Source, shipped
from wushang.people.deed import refuse


def in_force(source: str, at: datetime) -> SourceVersion:
    """The version in force; the first time, the shipped one becomes a row. An upgrade changes nothing by itself."""
    version = SourceVersion.objects.filter(source=source).first()
    if version:
        return version
    if source not in shipped():
        names = "、".join(f"{s.id}（{s.title}）" for s in shipped().values())
        raise refuse("no_source", f"没有名为“{source}”的报送表。", f"可用的有：{names}。")
    found = shipped()[source]
    return SourceVersion.objects.get_or_create(
        source=source, digest=found.digest, defaults={"text": found.text, "since": at}
    )[0]


def sources(at: datetime) -> list[Source]:
    """Every source as in force."""
    names = {*shipped(), *SourceVersion.objects.values_list("source", flat=True).distinct()}
    found = [in_force(name, at).loaded() for name in sorted(names)]
    return sorted(found, key=lambda source: source.rank)


def guess(content: bytes, file_name: str, at: datetime) -> Source:
    """The one source whose header the file has; refused when none fits or two fit equally well."""
    sheets = read(content, file_name)
    fits: list[tuple[int, Source]] = []
    for source in sources(at):
        for sheet in sheets:
            header = find_header(sheet, source)
            if header and not lacking(header, source):
                fits.append((len(header.places), source))
    best = max((places for places, _ in fits), default=0)
    found = {source.id: source for places, source in fits if places == best}
    if len(found) == 1:
        return next(iter(found.values()))
    titles = "、".join(source.title for source in (found.values() or sources(at)))
    if found:
        raise refuse("which_source", f"表头同时像：{titles}。", "请在“报送表”一栏选定是哪一张。", value=file_name)
    raise refuse(
        "which_source",
        "从表头认不出这是哪一张报送表。",
        f"请选定报送表（{titles}），或下载样表对照列名。",
        value=file_name,
    )
