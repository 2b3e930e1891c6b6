"""Dated code lists."""

from __future__ import annotations

from reference_pages.markdown import SOURCE, link, page, table


def code_lists_page() -> str:
    from wushang.terms import codes

    parts, rows = [], []
    for name in codes.names():
        entries = codes.all(name)
        path = SOURCE / "terms" / "codes" / f"{name}.csv"
        sources = "；".join(dict.fromkeys(entry.source for entry in entries))
        checked = max(entry.checked for entry in entries)
        rows.append((f"`{name}`", len(entries), sources, checked, link(path)))
        if len(entries) <= 60:
            shown = [(f"`{e.code}`", e.name, e.valid_from, e.valid_to or "", "、".join(e.aliases)) for e in entries]
            parts += [f"## `{name}`\n", table(["code", "name", "valid from", "valid to", "also written"], shown)]
    about = """Code lists are dated: a word is looked up as of the day of the event, never by likeness. Long lists stand in their
csv file only."""
    return page("Code lists", about, table(["list", "entries", "source", "checked", "file"], rows), *parts)
