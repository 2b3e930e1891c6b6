"""A word of another edition of the code list than the one in force on the event's day; taken, with a remark."""

import polars as pl

from wushang.collect.finding import NOTHING, found
from wushang.collect.table import Table

code = "code_not_in_force"
title = "用了当日不施行的代码版本"


def find(table: Table) -> pl.DataFrame:
    why, remedy = (
        "这个词在事发当日施行的代码表里没有，属于另一版代码表",
        "已按原词接收；请提醒报送单位改用当日施行的版本",
    )
    day = table.source.event_date
    known = table.troubles[day].is_null() if day in table.troubles.columns else table.row.is_not_null()  # else nobody knows the day
    problems = [
        found(table, code, name, (table.troubles[name] == "not_in_force") & known, why, remedy, severity="warn")
        for name in table.of_type("code")
    ]
    return pl.concat([*problems, NOTHING])
