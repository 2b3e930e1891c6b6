"""An old 台账 of warnings on paper, read: the cases that can be taken over, and the lines that cannot, with why."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.collect.checking import check_file
from wushang.collect.source import Source, load
from wushang.integrate.names import plain_name
from wushang.integrate.places import place_names
from wushang.people.scope import Scope
from wushang.pool.models import EnterpriseVersion
from wushang.warn.models import LetterNumber
from wushang.warn.numbering import Number, NumberRefused
from wushang.warn.numbering import read as read_number

VERB = "warn.take_over"
YEAR = re.compile(r"[\[【(（［〔](\d{4})[\]】)）］〕]")


@functools.cache
def source() -> Source:
    """What the 台账 looks like."""
    return load((Path(__file__).parent / "paper_cases.yaml").read_text("utf-8"), "paper_cases")


@dataclass(frozen=True)
class Found:
    """One case as it stands on paper."""

    row: int
    enterprise: int
    name: str
    region: str
    number: Number
    level: str
    issued: date
    delivered: date | None
    deadline: date | None
    submitted: date | None
    accepted: date | None
    closed: date | None
    open: bool


@dataclass(frozen=True)
class Left:
    """A line that cannot be taken over as it stands."""

    row: int
    unit: str
    why: str
    remedy: str

    def to_json(self) -> list[Any]:
        return [self.row, self.unit, self.why, self.remedy]


@dataclass(frozen=True)
class Read:
    rows: int
    found: list[Found]
    left: list[Left]
    known: int  # lines that were taken over before


def read(content: bytes, file_name: str, scope: Scope, at: datetime) -> Read:
    """A file → its cases; Refused where it is no such 台账. Every line is in `found`, `left` or counted as known."""
    checked = check_file(content, file_name, source(), timezone.localdate(at))
    left = [
        Left(w.row, w.text.get("employer_name", ""), "；".join(_said(w)), w.remarks[0].problem.remedy)
        for w in checked.quarantined
    ]
    left += [
        Left(row, "", _("与第 %(n)d 行完全一样。") % {"n": first}, _("不用再做什么。"))
        for row, first in checked.duplicates.rows()
    ]
    units, found, known, used = Units(scope), [], 0, set[str]()
    for row in checked.accepted.rows(named=True):
        one = _one(row, units, used)
        if isinstance(one, Found):
            used.add(str(one.number))
            found.append(one)
        elif isinstance(one, Left):
            left.append(one)
        else:
            known += 1
    return Read(checked.rows, sorted(found, key=lambda one: (one.issued, one.row)), sorted(left, key=lambda one: one.row), known)


def _said(waiting: Any) -> list[str]:
    return [f"“{r.problem.column}”{r.problem.why}" for r in waiting.remarks if r.severity == "reject"]


class Units:
    """The units in reach by code and by name; a name that two bear names none."""

    def __init__(self, scope: Scope) -> None:
        self.places = place_names()
        self.by_code: dict[str, EnterpriseVersion] = {}
        self.by_name: dict[str, list[EnterpriseVersion]] = {}
        for unit in EnterpriseVersion.objects.current().filter(scope.q(VERB), merged_into=None, provisional=False):
            self.by_code[unit.uscc] = unit
            self.by_name.setdefault(unit.plain_name, []).append(unit)
            self.by_name.setdefault(plain_name(unit.name, self.places), []).append(unit)

    def of(self, row: dict[str, Any]) -> EnterpriseVersion | None:
        if row.get("uscc"):
            return self.by_code.get(row["uscc"])
        near = {unit.pk: unit for unit in self.by_name.get(plain_name(row.get("employer_name") or "", self.places), [])}
        return next(iter(near.values())) if len(near) == 1 else None


def _one(row: dict[str, Any], units: Units, used: set[str]) -> Found | Left | None:
    """None: this number was taken over before."""
    name = row.get("employer_name") or row.get("uscc") or ""

    def no(why: str, remedy: str) -> Left:
        return Left(row["row"], name, why, remedy)

    try:
        number = number_of(row["number"])
    except NumberRefused as wrong:
        return no(str(wrong), _("请改成 云人社预〔2025〕7号 这样的写法。"))
    if str(number) in used:
        return no(_("文号 %(n)s 在本表里出现了两次。") % {"n": number}, _("请核对哪一行是对的。"))
    if held := LetterNumber.objects.filter(word=number.word, year=number.year, number=number.number).first():
        if held.letter and hasattr(held.letter.warning, "paper"):
            return None
        return no(_("文号 %(n)s 平台已经用过。") % {"n": number}, _("请核对文号。"))
    unit = units.of(row)
    if unit is None:
        return no(_("认不出是哪个单位。"), _("请写统一社会信用代码，或先导入市场主体名录。"))
    if wrong_days := _days(row):
        return no(*wrong_days)
    dates = {name: row.get(name) for name in ("delivered", "deadline", "submitted", "accepted")}
    is_open = row["state"] == "open"
    closed = None if is_open else row.get("closed") or row.get("accepted") or row.get("delivered") or row["issued"]
    return Found(
        row["row"], unit.enterprise_id, unit.name, unit.region, number, row["level"], row["issued"], closed=closed,
        open=is_open, **dates,
    )  # fmt: skip


def _days(row: dict[str, Any]) -> tuple[str, str] | None:
    """Dates that do not fit each other or the state."""
    if row["state"] == "open" and row.get("closed"):
        return _("状态是办理中，又写了办结日期。"), _("请改成已办结，或去掉办结日期。")
    if not row.get("delivered") and (row.get("submitted") or row.get("accepted")):
        return _("没有送达日期，却有提交或复核日期。"), _("请补上送达日期。")
    return None


def number_of(text: str) -> Number:
    """文号 as old tables write it: brackets of any kind, with or without 第 and leading zeros."""
    tidy = YEAR.sub(lambda found: f"〔{found[1]}〕", "".join(text.split())).replace("第", "")
    return read_number(re.sub(r"〕0+(?=\d)", "〕", tidy))
