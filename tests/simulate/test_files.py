import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from python_calamine import CalamineWorkbook
from simulate.eyes import columns, lines

Truth = Callable[[str], pl.DataFrame]


def number(cell: Any) -> Decimal:
    return Decimal(str(cell).replace(",", "").removeprefix("约") or 0)


def files(truth: Truth, source: str) -> list[dict[str, Any]]:
    return truth("files").filter(pl.col("source") == source).to_dicts()


def body(city: Path, file: dict[str, Any]) -> list[list[Any]]:
    """Data lines of a file: between header and 合计 or 制表人, without headers repeated on later pages."""
    table = lines(city / file["file"], file["encoding"] or "utf-8")
    start = file["header_row"] - 1 + file["header_levels"]
    heads = table[file["header_row"] - 1 : start]
    rows = [row for row in table[start:] if row not in heads]
    return [row for row in rows if not str(row[0]).startswith(("合计", "制表人"))]


def test_every_file_holds_the_rows_that_its_truth_counts(city: Path, truth: Truth) -> None:
    for file in truth("files").to_dicts():
        assert len(body(city, file)) == file["rows"], file["file"]
        assert file["rows"] == file["duplicates"] + file["quarantined"] + file["accepted"]


def test_all_four_sources_are_there_and_recognition_comes_in_three_encodings(truth: Truth) -> None:
    counts = Counter(truth("files")["source"].to_list())
    assert counts["insurance_monthly"] == counts["injury_recognition"] == 15
    assert counts["disease_hazards"] == 5 and counts["register"] >= 2
    encodings = {f["encoding"] for f in files(truth, "injury_recognition")}
    assert encodings == {None, "gb18030", "utf-8-sig"}


def test_the_foot_of_insurance_adds_up_in_every_file_but_the_one_that_is_wrong(city: Path, truth: Truth) -> None:
    wrong = []
    for file in files(truth, "insurance_monthly"):
        table = lines(city / file["file"], file["encoding"] or "utf-8")
        names = columns(city / file["file"], file["header_row"], file["header_levels"], file["encoding"] or "utf-8")
        foot = next(row for row in table if row[0] == "合计")
        for at in [i for i, n in enumerate(names) if n.startswith(("参保人数(月末)", "应缴", "工资总额"))]:
            total = sum(number(row[at]) for row in body(city, file))
            if abs(total - number(foot[at])) > Decimal("0.0000005"):
                wrong.append((file["file"], number(foot[at]) - total))
    expected = [f["file"] for f in files(truth, "insurance_monthly") if f["footer_right"] is False]
    assert len(expected) == 1
    assert wrong == [(expected[0], 10)]


def test_the_foot_of_recognition_counts_its_lines(city: Path, truth: Truth) -> None:
    for file in files(truth, "injury_recognition"):
        table = lines(city / file["file"], file["encoding"] or "utf-8")
        assert next(row for row in table if row[0] == "合计")[2] == f"{file['rows']}件"
        assert json.loads(file["totals"]) == {"单位名称": f"{file['rows']}件"}


def test_columns_are_the_same_in_one_level_and_in_two(city: Path, truth: Truth) -> None:
    seen = {
        tuple(columns(city / f["file"], f["header_row"], f["header_levels"], f["encoding"] or "utf-8"))
        for f in files(truth, "injury_recognition")
    }
    assert len(seen) == 1 and len(next(iter(seen))) == 40
    assert {f["header_levels"] for f in files(truth, "injury_recognition")} == {1, 2}


def test_every_faulty_cell_stands_where_the_truth_says(city: Path, truth: Truth) -> None:
    known = {f["file"]: f for f in truth("files").to_dicts()}
    marks = truth("dirt").filter(pl.col("kind") != "date_serial").to_dicts()
    assert {mark["kind"] for mark in marks} >= {"id_digits_lost"}
    for mark in marks:
        file = known[mark["file"]]
        encoding = file["encoding"] or "utf-8"
        names = columns(city / mark["file"], file["header_row"], file["header_levels"], encoding)
        at = names.index(mark["column"])
        cell = lines(city / mark["file"], encoding)[mark["row"] - 1][at]
        if mark["kind"] == "id_digits_lost":
            assert float(cell) == pytest.approx(float(mark["clean"]), rel=1e-5)
        else:
            assert str(cell) == (mark["dirty"] or ""), mark


def test_quarantine_cells_and_only_they_hold_a_row_back(truth: Truth) -> None:
    lost = (
        truth("dirt")
        .filter(pl.col("outcome") == "quarantine")
        .group_by("file")
        .agg(pl.col("row").n_unique().alias("n"))
    )
    counted = truth("files").filter(pl.col("quarantined") > 0).select("file", pl.col("quarantined").alias("n"))
    assert dict(lost.iter_rows()) == dict(counted.iter_rows())
    last = files(truth, "injury_recognition")[-1]
    assert last["quarantined"] >= 2


def test_layouts_show_titles_pages_merged_and_hidden_rows(city: Path, truth: Truth) -> None:
    assert {f["header_row"] for f in files(truth, "injury_recognition")} == {1, 2, 3, 4}
    assert any(f["hidden"] for f in files(truth, "injury_recognition"))
    merged = 0
    for file in files(truth, "injury_recognition"):
        if file["file"].endswith("xlsx"):
            sheet = CalamineWorkbook.from_path(city / file["file"]).get_sheet_by_index(0)
            merged += sum(a[1] == b[1] == 2 and b[0] > a[0] > 4 for a, b in sheet.merged_cell_ranges)
    assert merged > 5


def test_a_city_without_dirt_has_its_header_first_and_holds_no_row_back(clean_city: Path) -> None:
    table = pl.read_csv(clean_city / "truth" / "files.csv")
    assert set(table["header_row"]) == {1} and table["quarantined"].sum() == 0
    assert pl.read_csv(clean_city / "truth" / "dirt.csv").is_empty()
    first = lines(next((clean_city / "卫健局").glob("职业病危害名单*.xlsx")))[0]
    assert first == ["单位名称", "统一社会信用代码", "隐患类别", "危害因素", "发现日期", "整改完成日期"]
