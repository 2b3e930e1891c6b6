"""Dirt: formulas: the result that the file holds is taken and said; a formula without result waits."""

import pytest
from collect.dirt import biff_writer
from collect.dirt.files import MONTHLY, ROW, Formula, check, csv_of, waits, xlsx_of

OTHER = ["202603", "0002", "立丰五金厂"]


@pytest.mark.parametrize(
    "content", [xlsx_of(MONTHLY, [*OTHER, Formula("=6*2", 12)]), biff_writer.xls(MONTHLY, [*OTHER, biff_writer.Formula(12)])]
)
def test_the_result_that_the_file_holds_is_taken_and_said(content):
    checked = check(content)
    assert checked.accepted["insured"].to_list() == [12]
    assert "有 1 个公式单元格，按文件里存着的计算结果读取" in checked.notes


def test_a_formula_without_result_waits_and_is_not_a_blank():
    checked = check(xlsx_of(MONTHLY, ROW, [*OTHER, Formula("=D2-46")]))
    assert waits(checked) == {3: ["cell_error"]}
    assert checked.quarantined[0].raw["参保人数"] == "=D2-46"
    assert checked.quarantined[0].remarks[0].problem.why == "公式没有算出结果，文件里没有存它的值"


def test_a_needless_column_with_formulas_without_result_waits_too():
    lines = [[*MONTHLY, "工资总额"], [*ROW, Formula("=1+1")], [*OTHER, 12, 5000]]
    assert waits(check(xlsx_of(*lines))) == {2: ["cell_error"]}


def test_a_formula_as_text_in_a_csv_is_no_number():
    assert waits(check(csv_of(MONTHLY, [*OTHER, "=SUM(D2:D9)"]), "a.csv")) == {2: ["cell_error"]}


def test_a_number_kept_as_text_by_a_formula_is_that_text():
    checked = check(csv_of(MONTHLY, ["202603", '="0002"', "立丰五金厂", "12"]), "a.csv")
    assert checked.accepted["insurance_number"].to_list() == ["0002"]


def test_a_formula_whose_result_is_an_empty_text_is_a_blank():
    checked = check(xlsx_of([*MONTHLY, "镇街"], [*ROW, Formula('=IF(1=1,"","东城街道")', " ")]))
    assert checked.accepted["town"].to_list() == [None]
