"""Measures, names of the trade, dimensions of the cube."""

from __future__ import annotations

from reference_pages.markdown import SOURCE, code, link, page, table


def measures_page() -> str:
    from wushang.analyse.dimensions import dimensions
    from wushang.analyse.indicators import INDICATORS
    from wushang.analyse.measures import BASES, SCOPES, STATUSES, measures
    from wushang.terms.period import WINDOWS

    folder = SOURCE / "analyse" / "measures"
    rows = [
        (f"`{m.code}`", m.title, m.title_en, m.unit, m.formula, m.source, code(m.tables),
         "all" if len(m.bases) == len(BASES) else code(m.bases), "all" if m.scopes else "", "yes" if m.cell else "units only",
         link(folder / f"{m.code}.py"))
        for m in measures().values()
    ]  # fmt: skip
    splits = [(f"`{d.code}`", d.title, d.title_en, "yes" if d.staff else "all staff",
               f"`{d.deeper}`" if d.deeper else "", "case analysis" if d.close else "") for d in dimensions().values()]  # fmt: skip
    asks = [
        ("`window`", "; ".join(f"`{key}` {said[0]}" for key, said in WINDOWS.items()) + "; `last_<n>_months` 近 n 个月"),
        ("`basis`", "; ".join(f"`{key}` {title}" for key, title in BASES.items())),
        ("`scope`", "; ".join(f"`{key}` {title}" for key, title in SCOPES.items())),
        ("`status`", "how far the claim has come: " + "; ".join(f"`{key}` {title}" for key, title in STATUSES.items())),
    ]
    about = """A measure (指标) is one file. Judging reads it for every unit, the cube for any group of injuries.
A policy names measures; it never holds a formula. How to add one: [../howto/add-a-measure.md](../howto/add-a-measure.md)."""
    return page(
        "Measures", about,
        table(["code", "title", "in English", "unit", "formula", "source", "reads", "bases", "scopes", "cube", "file"], rows),
        "## Names of the trade\n",
        "Each figure that law, standards and the offices know by name, and the measures that answer. Where the data of no department "
        "can feed one, it is not estimated: the table says what is missing.\n",
        table(["name", "measures", "cannot be fed, because"], [(one.name, code(one.measures), one.why_not) for one in INDICATORS]),
        "## What may be asked of every measure\n", table(["word", "values"], asks),
        "## Dimensions of the cube (交叉分析)\n",
        table(["code", "title", "in English", "staff split by it", "opens into", "needs the purpose"], splits),
    )  # fmt: skip
