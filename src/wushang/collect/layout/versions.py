"""What differs between two versions of a source, in sentences a clerk reads."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.collect.source import Column, Source

SAID = {
    "type": gettext_lazy("类型"), "required": gettext_lazy("必填"), "personal": gettext_lazy("个人信息"), "unit": gettext_lazy("缺省单位"), "codes": gettext_lazy("代码表"),
    "min": gettext_lazy("下限"), "max": gettext_lazy("上限"), "pattern": gettext_lazy("格式"), "unknown": gettext_lazy("不认识的词"),
}  # fmt: skip
WHOLE = {
    "title": gettext_lazy("名称"), "departments": gettext_lazy("报送部门"), "delivers": gettext_lazy("报送方式"),
    "period": gettext_lazy("所属期列"), "key": gettext_lazy("主键"),
}  # fmt: skip


def differences(old: Source, new: Source) -> list[str]:
    """Sentences, the gravest first; empty where only the wording of the file differs."""
    lost = [_("去掉“%(t)s”一项。") % {"t": c.titles[0]} for n, c in old.columns.items() if n not in new.columns]
    more = [_("增加“%(t)s”一项。") % {"t": c.titles[0]} for n, c in new.columns.items() if n not in old.columns]
    both = [(old.columns[name], column) for name, column in new.columns.items() if name in old.columns]
    return [*_whole(old, new), *lost, *more, *(line for a, b in both for line in _column(a, b))]


def _whole(old: Source, new: Source) -> list[str]:
    moved = [(name, getattr(old, name), getattr(new, name)) for name in WHOLE if getattr(old, name) != getattr(new, name)]
    return [_changed(_("整张表"), WHOLE[name], was, now) for name, was, now in moved]


def _column(old: Column, new: Column) -> list[str]:
    title = new.titles[0]
    lines = [_("“%(t)s”增加列名：%(n)s。") % {"t": title, "n": "、".join(more)}] if (more := _beyond(new, old)) else []
    lines += [_("“%(t)s”去掉列名：%(n)s。") % {"t": title, "n": "、".join(gone)}] if (gone := _beyond(old, new)) else []
    moved = [(name, getattr(old, name), getattr(new, name)) for name in SAID]
    lines += [_changed(f"“{title}”", SAID[name], was, now) for name, was, now in moved if was != now]
    if old.values != new.values:
        lines.append(_("“%(t)s”的词与代码的对照有变动。") % {"t": title})
    return lines


def _beyond(one: Column, other: Column) -> list[str]:
    return [title for title in one.titles if title not in other.titles]


def _changed(what: str, part: Any, was: Any, now: Any) -> str:
    said = {"what": what, "part": part, "a": _word(was), "b": _word(now)}
    return _("%(what)s的%(part)s由“%(a)s”改为“%(b)s”。") % said


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return "、".join(map(str, value)) if isinstance(value, list) else str(value if value not in (None, "") else _("无"))
