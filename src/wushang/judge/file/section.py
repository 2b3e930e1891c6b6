"""One mapping of a policy file: gives its values by name and kind, and tells of what is missing, odd or unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.judge.file.marked import Mark
from wushang.judge.language.mistake import nearest
from wushang.judge.remark import Remark

ASKED: Any = object()
NEVER = date(1900, 1, 1)


class Section:
    def __init__(self, mark: Mark, path: str, remarks: list[Remark]) -> None:
        self.mark, self.path, self.remarks, self.taken = mark, path, remarks, set[Any]()

    @property
    def line(self) -> int:
        return self.mark.line

    def tell(self, sentence: str, remedy: str = "", line: int = 0) -> None:
        self.remarks.append(Remark("error", sentence, self.path, line or self.line, remedy, "form"))

    def has(self, key: str) -> bool:
        return key in self.mark.value

    def under(self, key: Any) -> str:
        return f"{self.path}.{key}" if self.path else str(key)

    def value(self, key: str, kinds: tuple[type, ...], otherwise: Any = ASKED) -> Any:
        """A plain value of one of these kinds. An empty one (null) is allowed where it is written down."""
        self.taken.add(key)
        if not self.has(key):
            if otherwise is ASKED:
                self.tell(_("缺少“%(key)s”") % {"key": key}, _("请补写 %(key)s:") % {"key": key})
            return None if otherwise is ASKED else otherwise
        mark = self.mark.value[key]
        found = mark.plain()
        right = isinstance(found, kinds) and (bool in kinds or not isinstance(found, bool))
        if found is not None and not right:
            wanted = "、".join(str(KIND_WORDS[kind]) for kind in kinds)
            self.tell(
                _("“%(key)s”应是%(wanted)s") % {"key": key, "wanted": wanted}, instead(key, found, kinds), mark.line
            )
            return None
        return found

    def text(self, key: str, otherwise: Any = ASKED) -> str:
        found = self.value(key, (str,), otherwise)
        if found is None and otherwise is ASKED and self.has(key) and self.mark.value[key].plain() is None:
            self.tell(_("“%(key)s”是空的") % {"key": key}, line=self.mark.value[key].line)
        return (found or "").strip()

    def word(self, key: str) -> str:
        found = self.text(key)
        if found and not re.fullmatch(r"[a-z][a-z0-9-]{2,79}", found):
            self.tell(
                _("“%(key)s”只能用小写字母、数字和连字符") % {"key": key},
                _("例如 county-graded"),
                self.mark.value[key].line,
            )
        return found

    def choice(self, key: str, allowed: tuple[str, ...], otherwise: Any = ASKED) -> str:
        found = self.text(key, otherwise)
        if found and found not in allowed:
            self.tell(
                _("“%(key)s”写成了“%(found)s”") % {"key": key, "found": found},
                _("可以写：%(allowed)s") % {"allowed": "、".join(allowed)},
                self.mark.value[key].line,
            )
        return found

    def flag(self, key: str, otherwise: bool) -> bool:
        return bool(self.value(key, (bool,), otherwise))

    def day(self, key: str, otherwise: Any = ASKED) -> Any:
        found = self.value(key, (date,), otherwise)
        return NEVER if found is None and otherwise is ASKED else found

    def words(self, key: str) -> tuple[str, ...]:
        found = self.value(key, (list, str), [])
        words = [found] if isinstance(found, str) else found or []
        if not all(isinstance(word, str) for word in words):
            self.tell(_("“%(key)s”应是一串词，例如 [risk_letter, interview]") % {"key": key})
        return tuple(str(word) for word in words)

    def choices(self, key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
        found = self.words(key)
        for word in found:
            if word not in allowed:
                self.tell(
                    _("“%(key)s”里的“%(word)s”不能识别") % {"key": key, "word": word},
                    _("可以写：%(allowed)s") % {"allowed": "、".join(allowed)},
                    self.mark.value[key].line,
                )
        if not found:
            self.tell(_("“%(key)s”是空的") % {"key": key}, _("可以写：%(allowed)s") % {"allowed": "、".join(allowed)})
        return found

    def numbers(self, key: str) -> tuple[int, ...]:
        found = self.value(key, (list,), []) or []
        if not all(isinstance(one, int) and not isinstance(one, bool) for one in found):
            self.tell(_("“%(key)s”应是一串整数，例如 [-7, -1, 0]") % {"key": key})
            return ()
        return tuple(found)

    def amounts(self, key: str) -> dict[str, float]:
        found = self.value(key, (dict,), {}) or {}
        if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in found.values()):
            self.tell(_("“%(key)s”里应是数") % {"key": key})
            return {}
        return found

    def map(self, key: str, required: bool = True) -> Section:
        self.taken.add(key)
        mark = self.mark.value.get(key)
        if mark is not None and mark.kind == "map":
            return Section(mark, self.under(key), self.remarks)
        if mark is not None and mark.value is not None:
            self.tell(_("“%(key)s”下面应是一组“名称: 值”") % {"key": key}, line=mark.line)
        elif required:
            self.tell(_("缺少“%(key)s”") % {"key": key}, _("请补写 %(key)s:") % {"key": key})
        return Section(Mark({}, self.line, self.mark.start, self.mark.start), self.under(key), self.remarks)

    def each(self) -> Iterator[tuple[Any, Section]]:
        """Name and section of every entry that is itself a mapping."""
        for key, mark in self.mark.value.items():
            if mark.kind == "map":
                yield key, Section(mark, self.under(key), self.remarks)
            else:
                self.tell(_("“%(key)s”下面应是一组“名称: 值”") % {"key": key}, line=mark.line)

    def list(self, key: str) -> Iterator[Section]:
        self.taken.add(key)
        mark = self.mark.value.get(key)
        if mark is None or mark.kind != "list" or not mark.value:
            self.tell(_("缺少“%(key)s”，或下面一条也没有") % {"key": key}, _("每条以“- ”开头"))
            return
        for n, one in enumerate(mark.value, 1):
            if one.kind == "map":
                yield Section(one, f"{self.under(key)}[{n}]", self.remarks)
            else:
                self.tell(_("“%(key)s”第%(n)s条应是一组“名称: 值”") % {"key": key, "n": n}, line=one.line)

    def plain(self) -> dict[Any, Any]:
        return self.mark.plain()

    def done(self) -> None:
        """Tell of every key that nobody asked for."""
        for key, mark in self.mark.value.items():
            if key not in self.taken:
                close = nearest(str(key), [str(one) for one in self.taken])
                remedy = _("是不是“%(close)s”？") % {"close": close[0]} if close else _("请删去这一项")
                self.tell(_("不认识“%(key)s”") % {"key": key}, remedy, mark.line)


def instead(key: str, found: Any, kinds: tuple[type, ...]) -> str:
    """What to write in the place of a value of the wrong kind."""
    if str in kinds and isinstance(found, int | float) and key == "count":
        return _("请写参数的名称，数值写在 parameters 里")
    if str in kinds and isinstance(found, int | float):
        return _('请加引号：%(key)s: "%(found)s"') % {"key": key, "found": found}
    if date in kinds:
        return _("请写成 2026-01-01，不加引号")
    return _("请只写数，不加引号；单位写在 unit 里") if int in kinds and isinstance(found, str) else ""


KIND_WORDS: dict[type, Any] = {
    str: gettext_lazy("文字"),
    bool: gettext_lazy("true 或 false"),
    int: gettext_lazy("整数"),
    float: gettext_lazy("数"),
    date: gettext_lazy("日期（2025-01-01）"),
    list: gettext_lazy("一串"),
    dict: gettext_lazy("一组“名称: 值”"),
}
