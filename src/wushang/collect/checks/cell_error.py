"""A cell shows a formula's error, or a column too narrow to show its number."""

import polars as pl

from wushang.collect.finding import NOTHING, found
from wushang.collect.table import Table

code = "cell_error"
title = "单元格是公式错误"
ERROR = r"^#(?:DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|N/A|SPILL!|CALC!)$|^#{3,}$"


def find(table: Table) -> pl.DataFrame:
    why, remedy = "单元格里是公式错误或没有显示出来的数", "请在原表中改成数值后重新上传，或在此填写正确的值"
    problems = [
        found(table, code, name, table.text[name].str.contains(ERROR), why, remedy) for name in table.header.places
    ]
    return pl.concat([*problems, NOTHING])
