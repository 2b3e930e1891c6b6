"""The shapes of the 报送接口: what may be asked, and what is answered of a delivery and of each of its rows."""

from datetime import date
from typing import Annotated

from ninja import Field, Schema

from wushang.people.machine import Code, Trouble
from wushang.terms.period import Period, month_end

SOURCE = Annotated[str, Field(max_length=40, pattern=r"^[0-9A-Za-z_]+$", description="报送表代码")]


class Title(Schema):
    name: str = Field(description="字段名，可代替列名")
    titles: list[str] = Field(description="列名的各种写法")
    type: str
    required: bool


class Table(Schema):
    source: str
    title: str
    key: list[str] = Field(description="同一报送部门内，这几项相同就是同一行")
    delivers: str
    columns: list[Title]


class Asked(Schema):
    month: str = Field(
        "", pattern=r"^$|^(19|2[01])\d\d-(0[1-9]|1[0-2])$", description="所属期，如 2026-03；不填按各行认定"
    )
    historical: bool = False
    sender: Code = Field("", description="报送部门代码；机器账号不用填")

    def period(self) -> Period | None:
        if not self.month:
            return None
        first = date.fromisoformat(f"{self.month}-01")
        return Period(first, month_end(first))


class RowsAsked(Asked):
    check_only: bool = Field(False, description="只核对，不收下")


class RowAnswer(Schema):
    row: int = Field(description="请求里的第几行，从 1 起")
    state: str = Field(
        description="accepted 接收 | duplicate 重复 | quarantined 待订正 | returned 已退回 | not_a_row 不是数据行"
    )
    repeats: int | None = Field(description="与第几行完全一样；空的是与以前入库的一行一样")
    problems: list[Trouble]


class Sent(Schema):
    """accepted + duplicates + quarantined + not_rows = rows, always."""

    batch: int | None = Field(description="批次号；只核对时没有")
    number: str
    state: str
    again: bool = Field(description="这份内容以前报过，没有改动任何数据")
    rows: int
    accepted: int
    duplicates: int
    quarantined: int
    not_rows: int
    absent: list[str] = Field(description="整列缺失：没有的必需列，各行都因此待订正")
    problem: Trouble | None
    notes: list[str]
    answers: list[RowAnswer]


JSON_ROWS = {
    "type": "object",
    "required": ["rows"],
    "properties": {"rows": {"type": "array", "items": {"type": "object"}}},
}
BODY = {
    "required": True,
    "content": {"application/json": {"schema": JSON_ROWS}, "application/x-ndjson": {"schema": {"type": "string"}}},
}
KEY = {
    "in": "header", "name": "Idempotency-Key", "required": False, "schema": {"type": "string", "maxLength": 200},
    "description": "同一个键、同样的内容再发一次，回答同一批；内容不同是 409",
}  # fmt: skip
