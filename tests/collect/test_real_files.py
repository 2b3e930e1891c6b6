"""Real public files of other countries go in, each by its source: every row accepted or explained, none lost."""

import csv
import gzip
import io
import re
import unicodedata
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from wushang.collect.checking import Checked, check_file
from wushang.collect.reading.separated import separator_of
from wushang.collect.source import load

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared/data"
SOURCES = Path(__file__).parent / "sources"
ITALY = ("Abruzzo", "Basilicata", "Lazio", "Liguria", "Lombardia", "Sicilia", "Toscana", "ValledAosta")


def content_of(name: str) -> bytes:
    file = DATA / name
    if not file.exists():
        pytest.skip(f"real file not at hand: ../shared/data/{name} beside the project")
    return gzip.decompress(file.read_bytes())


@cache
def checked_of(name: str, source: str) -> Checked:
    return check_file(
        content_of(name), Path(name).stem, load((SOURCES / f"{source}.yaml").read_text("utf-8"), source), AS_OF
    )


def rows_of(name: str, separator: str = ",") -> list[dict[str, str]]:
    """The file as the standard library alone reads it; row 0 is what a spreadsheet shows in line 2."""
    return list(csv.DictReader(io.StringIO(content_of(name).decode("utf-8-sig"), newline=""), delimiter=separator))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


AS_OF = date(2026, 1, 31)
PENALTIES = "tw_osh_violations/osh_penalties_2014_2019.csv.gz"
COMPANIES = "us_ita/company_year_2023_2025_sample40.csv.gz"


def test_semicolons_within_one_cell_do_not_make_a_file_separated_by_them():
    text = "文号,单位名称,条款\n1,甲,第一条；;第二条;第三条;;;\n2,乙,第一条\n3,丙,第二条\n"
    assert separator_of(text) == ","


def expect_none_lost(checked: Checked, rows: int) -> None:
    seen = [*checked.accepted["row"], *(w.row for w in checked.quarantined), *checked.duplicates["row"]]
    assert sorted(seen) == list(range(2, rows + 2))
    assert all(any(r.severity == "reject" and r.problem.why for r in w.remarks) for w in checked.quarantined)


def test_of_taiwans_penalties_only_numbers_used_twice_and_one_published_before_it_was_decided_wait():
    rows, checked = rows_of(PENALTIES), checked_of(PENALTIES, "tw_osh_violations")
    expect_none_lost(checked, 25_147)
    same = defaultdict(list)
    for place, row in enumerate(rows):
        same[plain(row["處分字號"]).replace(" ", ""), plain(row["事業單位名稱或負責人"])].append(
            (place + 2, tuple(map(plain, row.values())))
        )
    twice, waiting = set(), set()
    for many in same.values():
        said = {}
        for line, cells in many:
            if cells in said:
                twice.add(line)
            said.setdefault(cells, line)
        if len(said) > 1:
            waiting |= set(said.values())
    assert set(checked.duplicates["row"]) == twice
    early = {place + 2 for place, row in enumerate(rows) if row["公告日期"] < row["處分日期"]} - twice
    assert checked.by_code() == {"date_order": len(early), "duplicate_key": len(waiting)}
    assert {w.row for w in checked.quarantined} == waiting | early
    for row in checked.accepted.rows(named=True):
        raw = rows[row["row"] - 2]
        assert f"{row['decided']:%Y%m%d}{row['published']:%Y%m%d}" == raw["處分日期"] + raw["公告日期"]
        assert row["name"] == plain(raw["事業單位名稱或負責人"])


@pytest.mark.parametrize("region", ITALY)
def test_inails_diseases_keep_dates_grades_and_codes(region):
    name = f"it_inail_occdisease/{region}.csv.gz"
    rows, checked = rows_of(name, ";"), checked_of(name, "it_inail")
    expect_none_lost(checked, len(rows))
    assert not checked.quarantined and checked.duplicates.height == 0
    for row in checked.accepted.rows(named=True):
        raw = rows[row["row"] - 2]
        assert row["key"] == raw["IdentificativoCaso"]
        for field, title in (("protocol", "DataProtocollo"), ("decided", "DataDefinizione"), ("died", "DataMorte")):
            assert (f"{row[field]:%d/%m/%Y}" if row[field] else "") == raw[title]
        assert str(row["grade"] if row["grade"] is not None else -1) == raw["GradoMenomazioneCaso"]
        assert (row["found_disease"] or "ND") == raw["ICD10accertato"].upper()
    remarked = Counter(r.problem.value for r in checked.remarks if r.field == "found_disease")
    odd = [row["ICD10accertato"] for row in rows]
    assert remarked == Counter(code for code in odd if code != "ND" and not re.match(r"[A-Z]\d{2}", code))


SPOILT = r"[+-]?\d(\.\d+)?[eE][+-]?\d+|#(N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)"  # what a spreadsheet left of a name


def test_company_years_of_america_come_in_whole_but_for_names_that_a_spreadsheet_spoilt():
    rows, checked = rows_of(COMPANIES), checked_of(COMPANIES, "us_ita")
    expect_none_lost(checked, 172_179)
    spoilt = {place + 2 for place, row in enumerate(rows) if re.fullmatch(SPOILT, row["company_name"].strip())}
    assert {w.row for w in checked.quarantined} == spoilt and checked.duplicates.height == 0
    assert 0 < len(spoilt) < 100 and set(checked.by_code()) <= {"cell_error", "digits_lost"}
    fine = [row for place, row in enumerate(rows) if place + 2 not in spoilt]
    assert checked.accepted.select("hours", "cases", "trir").sum().row(0) == (
        sum(int(row["hours_worked"]) for row in fine),
        sum(int(row["recordable_cases"]) for row in fine),
        int(sum(Decimal(row["trir_published"]) for row in fine) * 1_000_000),
    )
