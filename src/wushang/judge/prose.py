"""A policy as sentences: conditions in words, with the places where a number may be changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from wushang.analyse.measures import BASES, SCOPES, STATUSES, measures
from wushang.judge.actions import actions
from wushang.judge.language.tree import (
    Arithmetic,
    Comparison,
    Every,
    Extreme,
    Missing,
    Name,
    Negative,
    Not,
    Number,
    Part,
    Some,
    Value,
)
from wushang.judge.pack import Clock, Outcome, Pack, Use, plain
from wushang.terms import codes
from wushang.terms.deadline import Length
from wushang.terms.level import Level
from wushang.terms.period import window_title

SIGNS = {
    ">=": later("达到"),
    ">": later("超过"),
    "<=": later("不超过"),
    "<": later("不满"),
    "==": later("等于"),
    "!=": later("不等于"),
}


@dataclass(frozen=True)
class Word:
    """A piece of a sentence; one with a path may be changed in a draft."""

    text: str
    path: str = ""
    kind: str = "text"  # text | number | flag | length | choice
    value: Any = None
    unit: str = ""
    label: str = ""  # what a screen reader says of the place
    choices: tuple[tuple[str, str], ...] = ()


def title(pack: Pack, code: str) -> str:
    """黄色预警, 重点企业; — for no outcome."""
    outcome = pack.outcome(code)
    if outcome is None:
        return "—"
    return Level(code).zh if outcome.kind == "level" else outcome.title


def measure_title(use: Use) -> str:
    """本年累计工伤事故起数."""
    measure = measures()[use.measure]
    return str(measure.title) if use.window == "open" else f"{window_title(use.window)}{measure.title}"


def condition(pack: Pack, outcome: Outcome, day: date) -> list[Word]:
    """The `when` of an outcome in words, with its parameters as places to change."""
    top = live(pack.conditions[outcome.code].top, pack, pack.settings(day))
    return joined(Sentence(pack, day).part(top)) if top else []


def live(part: Part, pack: Pack, settings: Mapping[str, Value]) -> Part | None:
    """The part without what a local supplement (地方补充) that is off would add; None where nothing is left."""
    match part:
        case Name(name=name) if name in pack.parameters and pack.parameters[name].own_basis and not settings.get(name):
            return None
        case Every(of=of):
            kept = [live(one, pack, settings) for one in of]
            return None if None in kept else part
        case Some(of=of):
            some = tuple(one for one in (live(one, pack, settings) for one in of) if one is not None)
            return some[0] if len(some) == 1 else replace(part, of=some) if some else None
    return part


def joined(words: list[Word]) -> list[Word]:
    """Neighbouring plain texts as one."""
    out: list[Word] = []
    for word in words:
        if out and not word.path and not out[-1].path:
            out[-1] = Word(out[-1].text + word.text)
        else:
            out.append(word)
    return out


def typed(words: list[Word], told: Mapping[str, Any]) -> list[Word]:
    """The words with what somebody typed into their places."""
    return [retyped(word, told) if told and word.path else word for word in words]


def retyped(word: Word, told: Mapping[str, Any]) -> Word:
    if word.kind == "flag":
        return replace(word, value=word.path in told)
    said = told.get(word.path)
    return word if said is None else replace(word, value=said, text=said if word.kind == "length" else word.text)


@dataclass
class Sentence:
    pack: Pack
    day: date

    def part(self, part: Part, inside: bool = False) -> list[Word]:
        match part:
            case Every(of=of):
                return self.series(of, _("，并且"), inside)
            case Some(of=of):
                return self.series(of, _("，或者"), inside)
            case Not(of=Missing(of=Name(name=name))) if name in self.pack.parameters:
                return [Word(_("填写了“%(title)s”") % {"title": self.pack.parameters[name].title})]
            case Not(of=Missing(of=of)):
                return [*self.number(of), Word(_("不缺数"))]
            case Not(of=of):
                return [Word(_("不是（")), *self.part(of), Word("）")]
            case Missing(of=of):
                return [*self.number(of), Word(_("缺数"))]
            case Comparison(sign=sign, left=left, right=right):
                return [*self.number(left), Word(str(SIGNS[sign])), *self.number(right)]
            case Name(name=name):
                return [self.parameter(name)]
        return []

    def series(self, parts: tuple[Part, ...], between: str, inside: bool) -> list[Word]:
        words: list[Word] = []
        for n, one in enumerate(parts):
            words += [Word(between)] * bool(n) + self.part(one, inside=True)
        return [Word("（"), *words, Word("）")] if inside else words

    def number(self, part: Part) -> list[Word]:
        match part:
            case Number(value=value):
                return [Word(f" {value:g} ")]
            case Name(name=name) if name in self.pack.measures:
                return [Word(measure_title(self.pack.measures[name]))]
            case Name(name=name):
                return [self.parameter(name)]
            case Negative(of=of):
                return [Word("－"), *self.number(of)]
            case Arithmetic(sign=sign, left=left, right=right):
                return [
                    *self.number(left),
                    Word({"+": "加", "-": "减", "*": "乘", "/": "除以"}[sign]),
                    *self.number(right),
                ]
            case Extreme(which=which, of=of):
                inner = [word for n, one in enumerate(of) for word in ([Word("、")] * bool(n) + self.number(one))]
                return [*inner, Word(_("中最小的") if which == "min" else _("中最大的"))]
        return []

    def parameter(self, name: str) -> Word:
        parameter = self.pack.parameters[name]
        dated = parameter.on(self.day)
        value = dated.value if dated else None
        path = f"parameters.{name}"
        if parameter.own_basis:  # changed in its own place, 地方补充
            return Word(_("启用了“%(title)s”") % {"title": parameter.title})
        if parameter.kind == "flag":
            return Word(parameter.title, path, "flag", bool(value), label=parameter.title)
        return Word(f"{plain(value)}{parameter.unit}", path, "number", value, parameter.unit, parameter.title)


def follows(pack: Pack, outcome: Outcome) -> str:
    """What is done then, in the words of the list of actions."""
    return "、".join(str(actions()[word]["title"]) for word in outcome.then)


STEPS = {
    "acknowledge": later("签收"), "interview": later("约谈"), "report": later("报整改情况"), "plan": later("报整改方案"), "review": later("审核"),
    "return": later("补正"), "inspection": later("专项检查"), "referral": later("移送"),
}  # fmt: skip
MOMENTS = {
    "found": later("发现"), "issued": later("印发"), "delivered": later("送达"), "acknowledged": later("签收"), "submitted": later("上报"),
    "returned": later("退回"), "accepted": later("审核通过"),
}  # fmt: skip


def clock_words(outcome: str, clocks: Iterable[Clock]) -> list[Word]:
    """送达后 [3个工作日] 内签收；送达后 [30日] 内报整改情况."""
    words: list[Word] = []
    for clock in clocks:
        start, step = MOMENTS.get(clock.start, clock.start), STEPS.get(clock.step, clock.step)
        words += [
            Word(("；" if words else "") + _("%(moment)s后 ") % {"moment": start}),
            Word(length_words(clock.length), f"clocks.{outcome}.{clock.step}", "length", clock.length, label=str(step)),
            Word(
                _(" 内%(step)s") % {"step": step}
                + (_("，以后每%(length)s一次") % {"length": length_words(clock.every)} if clock.every else "")
            ),
        ]
    return words


def length_words(text: str) -> str:
    return Length.parse(text).zh


LABELS = {
    "window": later("统计期"),
    "status": later("办理状态"),
    "scope": later("统计范围"),
    "basis": later("日期口径"),
}


def count_words(pack: Pack) -> list[list[Word]]:
    """One sentence for all measures that count the same injuries: 统计 [本年累计] [接报] 的 [生产经营性] 工伤，按 [发生日期] 归入：……"""
    groups: dict[tuple[str, ...], list[Use]] = {}
    for use in pack.measures.values():
        of_injuries = measures()[use.measure].of_injuries
        groups.setdefault(use.same_injuries if of_injuries else (use.code,), []).append(use)
    return [count_sentence(uses) for uses in groups.values()]


def count_sentence(uses: list[Use]) -> list[Word]:
    named = [f"{measures()[use.measure].title}（{measures()[use.measure].formula}）" for use in uses]
    if not measures()[uses[0].measure].of_injuries:
        return [Word(_("统计%(named)s。") % {"named": "、".join(named)})]
    windows = {name: window_title(name) for name in ("year_to_date", "last_12_months")}
    windows.setdefault(uses[0].window, window_title(uses[0].window))
    return [
        Word(_("统计 ")),
        choice(uses, "window", windows),
        choice(uses, "status", STATUSES),
        Word(_("的")),
        choice(uses, "scope", SCOPES),
        Word(_("工伤，按")),
        choice(uses, "basis", BASES),
        Word(_("归入：%(named)s。") % {"named": "；".join(named)}),
    ]


def choice(uses: list[Use], name: str, titles: Mapping[str, Any]) -> Word:
    """One place that changes all of these measures at once."""
    value, path = getattr(uses[0], name), f"measures.{'+'.join(use.code for use in uses)}.{name}"
    choices = tuple((code, str(words)) for code, words in titles.items())
    return Word(str(titles[value]), path, "choice", value, label=str(LABELS[name]), choices=choices)


def party(code: str) -> str:
    """Who issues or receives: 单位, 行业主管部门, a kind of department."""
    known = {"enterprise": _("单位"), "regulator": _("行业主管部门"), "township": _("所在镇（街道、区）")}
    return known.get(code) or codes.name("department_kind", code) or code


def top_words(pack: Pack, outcome: Outcome, day: date) -> list[Word]:
    """按……取前 [N] 家."""
    if not outcome.top:
        return []
    names = "、".join(measure_title(pack.measures[name.removeprefix("-")]) for name in outcome.top.by)
    ties = _("，并列的一并列入") if outcome.top.ties == "include" else ""
    return [
        Word(_("按%(names)s取前 ") % {"names": names}),
        Sentence(pack, day).parameter(outcome.top.count),
        Word(ties),
    ]
