"""Policies as shipped, with their parameters, measures, outcomes and clocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reference_pages.markdown import SOURCE, code, link, page, table


def policies_page() -> str:
    from wushang.judge.check import check_text
    from wushang.judge.shipped import files
    from wushang.terms.actions import actions

    parts = []
    for name, text in files():
        pack, _remarks = check_text(text)
        if pack is None:
            raise SystemExit(f"policies/{name}.yaml cannot be read: run the checks of a policy on it.")
        parts += [f"## {pack.title} `{pack.id}`\n", *_policy(name, pack)]
    words = table(["word", "title", "done by"], [(f"`{key}`", a.title, a.done_by) for key, a in actions().items()])
    about = """Policies (预警规则) as shipped. What is in force in a place are rows, approved by people there; these files are offers.
How to add one: [../howto/add-a-policy.md](../howto/add-a-policy.md)."""
    return page("Policies", about, *parts, "## Words that `then` may say\n", words)


def _policy(name: str, pack: Any) -> Iterator[str]:
    from wushang.judge.pack import plain

    yield link(SOURCE / "policies" / f"{name}.yaml") + "\n"
    yield table(["", ""], [
        ("issuer", pack.issuer), ("area of the document", pack.area), ("judged", code(pack.run)), ("since", pack.since),
        ("compared with the document on", f"{pack.checked_on} ({pack.checked_by})"),
        ("source", "; ".join(pack.source.values())), ("examples", len(pack.examples)),
    ])  # fmt: skip
    dated = [(f"`{p.code}`", p.title, f"{plain(d.value)} {p.unit}" if p.unit != "是否" else plain(d.value), d.start,
              d.grounds.clause or d.grounds.why, d.grounds.basis) for p in pack.parameters.values() for d in p.values]  # fmt: skip
    yield table(["parameter", "title", "value", "from", "clause, or why", "basis"], dated)
    uses = [(f"`{u.code}`", f"`{u.measure}`", u.window, u.basis, u.scope, u.status) for u in pack.measures.values()]
    yield table(["name", "measure", "window", "basis", "scope", "status"], uses)
    outcomes = [(f"`{o.code}` ({o.kind})", f"`{o.when}`", code(o.then), o.clause) for o in pack.outcomes]
    yield table(["outcome, first that holds", "when", "then", "clause"], outcomes)
    clocks = [(f"`{case.outcome}`", f"`{c.step}`", c.length or f"every {c.every}", c.start, c.grounds.clause or c.grounds.why)
              for case in pack.cases.values() for c in case.clocks.values()]  # fmt: skip
    if clocks:
        yield table(["outcome", "step", "length", "from", "clause, or why"], clocks)
