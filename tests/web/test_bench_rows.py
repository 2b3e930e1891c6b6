"""`wushang bench --json`: a cheap row measured for real, and the shape everybody reads (DESIGN.md 10)."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from wushang.web.bench import Measured, benches
from wushang.web.bench.server import LARGE_FILES

SHAPE = {"id": str, "value": float, "unit": str, "baseline": float, "ratio": float, "target": float, "ok": bool, "scale": str, "note": str}


def told(*words: str) -> object:
    out = StringIO()
    call_command("bench", *words, "--json", stdout=out)
    return json.loads(out.getvalue().strip().splitlines()[-1])


@pytest.mark.django_db
def test_a_cheap_row_is_measured_beside_its_baseline_in_the_agreed_shape():
    row = told("collect.xlsx", "--scale", "s", "--inside")
    assert {name: type(value) for name, value in row.items()} == SHAPE
    assert (row["id"], row["scale"], row["unit"]) == ("collect.xlsx", "s", "s")
    assert row["value"] > 0 and row["baseline"] > 0
    assert row["ok"] is (row["value"] / row["baseline"] <= row["target"]) and "5,000 rows" in row["note"]


@pytest.mark.django_db
def test_one_enterprise_is_judged_after_its_injury_in_a_ledger_that_the_bench_made():
    """A bench that no test runs rots: this one stood still once a rule could be offered only for a place that is known."""
    row = told("judge.one_enterprise", "--scale", "s", "--inside")
    assert row["value"] > 0 and "150 units, 2 rules" in row["note"] and "findings" not in row["note"]


def test_the_server_of_a_bench_is_set_as_the_page_tells_and_not_otherwise():
    page = (Path(__file__).parents[2] / "docs/howto/run-on-postgresql.md").read_text("utf-8")
    told = page.split("## PostgreSQL for large files")[1].split("```")[1].split(";")
    assert [statement.strip() for statement in told if statement.strip()] == list(LARGE_FILES)


def test_several_rows_are_a_list_in_the_order_asked(monkeypatch):
    from wushang.web.management.commands.bench import Command

    monkeypatch.setattr(Command, "_apart", lambda _self, name, scale, _ledger: Measured(1.5, "s", 1.0, 2.0, "").row(name, scale))
    rows = told("judge.all_packs", "collect.xlsx", "--scale", "s")
    assert [(row["id"], row["ratio"], row["ok"]) for row in rows] == [("judge.all_packs", 1.5, True), ("collect.xlsx", 1.5, True)]
    assert [row["id"] for row in told()] == sorted(benches())


def test_a_row_over_its_target_is_not_ok_and_one_without_target_says_nothing():
    assert Measured(3.0, "s", 1.0, 2.0, "").row("x", "s")["ok"] is False
    assert Measured(3.0, "s", 1.0, None, "").row("x", "s")["ok"] is None


def test_an_id_that_is_none_is_refused_by_name():
    with pytest.raises(CommandError, match=r"No such bench: judge\.everything"):
        call_command("bench", "judge.everything")
