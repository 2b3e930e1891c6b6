"""Check the rows of a contact file: each becomes ready, or is told with its row, column, value, why and what to do."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from wushang.people.scope import Scope
from wushang.pool import contacts
from wushang.pool.contact_file import Raw
from wushang.pool.models import EnterpriseVersion
from wushang.terms.identifiers import clean, uscc_problem
from wushang.terms.problem import Problem

ROLE_WORDS = {
    "主要负责人": "head", "负责人": "head", "head": "head",
    "经办人": "handler", "工伤经办人": "handler", "联系人": "handler", "handler": "handler",
}  # fmt: skip
_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?: 00:00:00)?")


@dataclass(frozen=True)
class Ready:
    """A row that can be taken in."""

    number: int
    enterprise: int
    role: str
    name: str
    phone: str
    source: str
    verified: date | None


@dataclass(frozen=True)
class Faulty:
    """A row that cannot, with everything that is wrong in it (待订正)."""

    raw: Raw
    problems: list[Problem]


@dataclass
class Checked:
    ready: list[Ready] = field(default_factory=list)
    faulty: list[Faulty] = field(default_factory=list)


class Directory:
    """The enterprises that somebody may keep contacts of, by code and by name."""

    def __init__(self, scope: Scope) -> None:
        self.by_uscc: dict[str, int] = {}
        self.by_name: dict[str, set[int]] = defaultdict(set)
        self.names: dict[int, set[str]] = defaultdict(set)
        rows = EnterpriseVersion.objects.current().filter(scope.q("pool.contacts"))
        for pk, name, former, uscc, kept in rows.values_list(
            "enterprise_id", "name", "former_names", "uscc", "merged_into_id"
        ):
            enterprise = kept or pk
            if uscc:
                self.by_uscc[uscc] = enterprise
            for one in (name, *former):
                self.by_name[_plain(one)].add(enterprise)
                self.names[enterprise].add(_plain(one))

    def find(self, name: str, uscc: str) -> int | Problem:
        """By code; without one by name. Code and name of two enterprises are a problem, never a choice of ours."""
        if uscc:
            return self._by_code(name, clean(uscc))
        found = self.by_name.get(_plain(name), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            return Problem("ambiguous", _("单位名称"), name, _("有%(n)d个单位叫这个名称") % {"n": len(found)}, _("请填统一社会信用代码。"))
        return Problem("unknown", _("单位名称"), name, _("您的辖区内没有这个单位"), _("请按营业执照写全称，或填统一社会信用代码。"))

    def _by_code(self, name: str, uscc: str) -> int | Problem:
        if why := uscc_problem(uscc):
            return Problem("uscc", _("统一社会信用代码"), uscc, why, _("请核对营业执照后改正。"))
        enterprise = self.by_uscc.get(uscc)
        if enterprise is None:
            return Problem("unknown", _("统一社会信用代码"), uscc, _("您的辖区内没有这个代码的单位"), _("请核对代码；新单位等名册入库后再报。"))
        if name and _plain(name) not in self.names[enterprise]:
            return Problem("two_units", _("单位名称"), name, _("名称和信用代码不是同一个单位"), _("请核对哪一个写错了；更名的，请删去名称只留代码。"))
        return enterprise


def check(rows: Iterable[Raw], directory: Directory, today: date) -> Checked:
    done = Checked()
    for raw in rows:
        ready, problems = _check(raw, directory, today)
        if problems or ready is None:
            done.faulty.append(Faulty(raw, problems))
        else:
            done.ready.append(ready)
    return done


def _check(raw: Raw, directory: Directory, today: date) -> tuple[Ready | None, list[Problem]]:
    said = {name: raw.cells.get(name, "").strip() for name in ("name", "uscc", "role", "person", "phone", "source", "verified")}
    problems: list[Problem] = []
    enterprise = directory.find(said["name"], said["uscc"])
    if isinstance(enterprise, Problem):
        problems.append(enterprise)
    role = ROLE_WORDS.get(said["role"].casefold(), "")
    if not role:
        problems.append(Problem("role", _("角色"), said["role"], _("没有这个角色"), _("请填“主要负责人”或“经办人”。")))
    if not said["person"]:
        problems.append(Problem("person", _("姓名"), "", _("没有填姓名"), _("请填联系人姓名。")))
    phone = contacts.plain_phone(said["phone"])
    if wrong := contacts.phone_problem(phone):
        problems.append(Problem("phone", _("手机"), said["phone"], *wrong))
    verified = _day(said["verified"])
    if said["verified"] and (verified is None or verified > today):
        why = _("不是日期") if verified is None else _("在今天之后")
        problems.append(Problem("verified", _("核实日期"), said["verified"], why, _("请填实际核实的日子，例如 2026-03-05；没有核实的留空。")))
    if problems or isinstance(enterprise, Problem):
        return None, problems
    return Ready(raw.number, enterprise, role, said["person"], phone, said["source"][:60] or _("导入"), verified), []


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    if not found:
        return None
    year, month, day = found[1], found[2] or found[4], found[3] or found[5]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _plain(name: str) -> str:
    """Half-width brackets, no blanks: the same name as written by two offices."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
