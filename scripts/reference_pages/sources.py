"""Sources, each with its columns."""

from __future__ import annotations

from typing import Any

from reference_pages.markdown import SOURCE, code, link, page, table


def sources_page() -> str:
    from wushang.collect.source import shipped

    parts = []
    for source in sorted(shipped().values(), key=lambda s: s.rank):
        delivers = {"whole_period": "the whole period (a row missing from the new file is withdrawn)", "changes": "changes"}
        facts = [
            ("departments", code(source.departments)),
            ("delivers", delivers[source.delivers]),
            ("natural key", code(source.key)),
            ("period", f"`{source.period}`" if source.period else "—"),
            ("lands in", f"`{source.lands}`"),
            ("totals checked against the footer", code(source.totals)),
            ("dates in this order", " ≤ ".join(f"`{name}`" for name in source.date_order)),
        ]
        rows = [
            (f"`{name}`", column.titles[0], column.type, "yes" if column.required else "", _held(source, name, column),
             "、".join(column.titles[1:]))
            for name, column in source.columns.items()
        ]  # fmt: skip
        parts += [
            f"## {source.title} `{source.id}`\n", link(SOURCE / "collect" / "sources" / f"{source.id}.yaml") + "\n",
            table(["", ""], facts), table(["field", "header", "type", "required", "holds", "other headers it knows"], rows),
        ]  # fmt: skip
    about = """A source (报送表) is one file that says what one department's spreadsheet looks like. Headers are found wherever they
stand, in any order, below title rows. How to add one: [../howto/add-a-source.md](../howto/add-a-source.md)."""
    return page("Sources", about, *parts)


def _held(source: Any, name: str, column: Any) -> str:
    said = []
    if name in source.personal:
        said.append("personal, kept encrypted")
    if column.codes:
        said.append(f"list [{column.codes}](code-lists.md)")
    if column.values:
        said.append("words " + "、".join(list(column.values)[:6]))
    if column.pattern_says:
        said.append(column.pattern_says)
    return "; ".join(said)
