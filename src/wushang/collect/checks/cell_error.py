"""A cell shows a formula's error, a formula without its result, or a column too narrow to show its number."""

import polars as pl

from wushang.collect.finding import NOTHING, found
from wushang.collect.source import NUMBERS
from wushang.collect.table import Table

code = "cell_error"
title = "单元格是公式错误"
READ = (*NUMBERS, "date", "month", "hour")  # of these an error is no value, and its trouble says so
FORMULA = r"^=\s*[-+(]*[A-Za-z\$'\"\[公\d].*"
ERROR = r"^#(?:DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|N/A|SPILL!|CALC!|GETTING_DATA)$|^#{3,}$|" + FORMULA


def find(table: Table) -> pl.DataFrame:
    return pl.concat([*(_column(table, name) for name in table.header.places), NOTHING])


def shows_error(text: pl.Series) -> pl.Series:
    """Which cells show an error; null where nothing stands."""
    begins = text.str.starts_with("#") | text.str.starts_with("=")
    return begins & text.str.contains(ERROR) if begins.any() else begins


def _column(table: Table, name: str) -> pl.DataFrame:
    text, trouble = table.text[name], table.troubles[name]
    if table.source.columns[name].type in READ and trouble.null_count() == trouble.len():
        return NOTHING
    wrong = shows_error(text)
    if not wrong.any():
        return NOTHING
    why = pl.select(
        pl.when(text.str.contains(FORMULA)).then(pl.lit("公式没有算出结果，文件里没有存它的值"))
        .otherwise(pl.lit("单元格里是公式错误或没有显示出来的数"))
    ).to_series()  # fmt: skip
    return found(table, code, name, wrong, why, "请在原表中改成数值后重新上传，或在此填写正确的值")
