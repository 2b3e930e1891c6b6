"""The kept file of every source, as a department really has it: what is taken, what repeats, what waits, and what its footers say."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from wushang.collect.checking import Checked, check_file
from wushang.collect.source import shipped

FOLDER = Path(__file__).parent / "sources"
DAY = date(2026, 4, 10)


def kept(name: str) -> tuple[str, bytes]:
    """The one file beside `expected.yaml`."""
    (found,) = (path for path in (FOLDER / name).iterdir() if path.name != "expected.yaml")
    return found.name, found.read_bytes()


def expected(name: str) -> dict:
    return yaml.safe_load((FOLDER / name / "expected.yaml").read_text("utf-8"))


def checked(name: str) -> Checked:
    file, content = kept(name)
    return check_file(content, file, shipped()[name], DAY)


def said(value: object) -> str:
    return "" if value is None else str(value)


def test_every_source_has_a_kept_file_with_what_must_come_of_it():
    assert {path.parent.name for path in FOLDER.glob("*/expected.yaml")} == set(shipped())


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_row_of_a_kept_file_stands_where_it_must(name):
    found, want = checked(name), expected(name)
    waits = {w.row: sorted({r.problem.code for r in w.remarks if r.severity == "reject"}) for w in found.quarantined}
    assert found.rows == want["rows"] and found.accepted["row"].to_list() == want["accepted"]
    assert {row: [code for code in codes if code in want["quarantined"].get(row, [])] for row, codes in waits.items()} == want["quarantined"]
    repeats = dict(found.duplicates.rows())
    assert set(repeats) == {pair[0] if isinstance(pair, list) else pair for pair in want.get("duplicates", [])}
    assert all(repeats[pair[0]] == pair[1] for pair in want.get("duplicates", []) if isinstance(pair, list))


OWN = sorted(name for name in shipped() if "values" in expected(name))


@pytest.mark.parametrize("name", OWN)
def test_its_lines_its_footers_and_its_values_are_read_as_they_stand(name):
    found, want = checked(name), expected(name)
    assert found.lines == want["lines"]
    footers = {f"{footer.row} {footer.column}": footer.equal for footer in found.footers}
    assert {place: footers.get(place) for place in want.get("footers", {})} == want.get("footers", {})
    assert not [place for place, equal in footers.items() if equal is False]
    rows = {row["row"]: row for row in found.accepted.rows(named=True)}
    for fact in want["values"]:
        assert {name: said(rows[fact["row"]][name]) for name in fact} == {name: said(value) for name, value in fact.items()}
