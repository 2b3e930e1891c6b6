"""A policy as sentences: conditions in words, with the places where a number may be changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from wushang.analyse.measures import BASES, SCOPES, STATUSES
from wushang.judge.assessments.measures import measure_of
from wushang.judge.figure import Figure as FigureRule
from wushang.judge.figure import Item
from wushang.judge.language import read, read_number
from wushang.judge.language.tree import (
    Arithmetic,
    Choice,
    Comparison,
    Every,
    Extreme,
    Figure,
    Missing,
    Name,
    Negative,
    Not,
    Number,
    Part,
    Scaled,
    Some,
    Value,
)
from wushang.judge.pack import Case, Clock, Outcome, Pack, Top, Use, plain
from wushang.judge.subject import AREA, SUBJECTS
from wushang.terms import codes
from wushang.terms.actions import actions
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
GRADES = {"<=": later("不轻于"), "<": later("重于"), ">=": later("不重于"), ">": later("轻于")}


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
    measure = measure_of(use.measure)
    if use.of == AREA:
        return f"{SUBJECTS[AREA].title}{measure_title(replace(use, of=''))}"
    return str(measure.title) if use.window == "open" or measure.tables == ("cases",) and not measure.cell else f"{window_title(use.window)}{measure.title}"


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


def sign_said(pack: Pack, sign: str, left: Part) -> str:
    """达到, 不满 …; of grades, of which 1 is the gravest: 不轻于, 轻于 …"""
    grade = isinstance(left, Name) and left.name in pack.measures and measure_of(pack.measures[left.name].measure).unit == "级"
    return str((GRADES if grade else {}).get(sign) or SIGNS[sign])


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
                return [*self.number(left), Word(sign_said(self.pack, sign, left)), *self.number(right)]
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
            case Name(name=name) if name in self.pack.inputs:
                return [Word(self.pack.inputs[name].title)]
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
            case Choice(when=when, then=then, otherwise=otherwise):
                return [Word("（"), *self.part(when), Word(_("时为")), *self.number(then), Word(_("，否则为")), *self.number(otherwise), Word("）")]
            case Scaled(of=of):
                return [*self.number(of), Word(_("在各家之间的位置（最低为0，最高为1）"))]
            case Figure(name=name):
                return [Word(f"“{self.pack.figures[name].title}”")]
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


def follows(outcome: Outcome, whole: str) -> str:
    """What is done then, in the words of the list of actions. `whole`: 全市, 全县 …, as the place is called."""
    return "、".join(actions()[word].said(whole) for word in outcome.then)


STEPS = {
    "acknowledge": later("签收"), "interview": later("约谈"), "report": later("报整改情况"), "plan": later("报整改方案"), "review": later("审核"),
    "return": later("补正"), "inspection": later("专项检查"), "referral": later("移送"), "objection": later("申请核对数据"),
    "self_check": later("自查"), "reply": later("反馈"),
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


# every window that injuries can be counted over; of 近n个月 those that a form can list, any other n stands in the file
WINDOWS_OFFERED = (
    "year_to_date", "month", *(f"last_{n}_months" for n in (*range(1, 13), 18, 24, 36)), "same_period_last_year",
)  # fmt: skip


def count_words(pack: Pack) -> list[list[Word]]:
    """One sentence for all measures that count the same injuries: 统计 [本年累计] [接报] 的 [生产经营性] 工伤，按 [发生日期] 归入：……
    Then the numbers that the rule reckons from them."""
    groups: dict[tuple[str, ...], list[Use]] = {}
    for use in pack.measures.values():
        of_injuries = measure_of(use.measure).of_injuries
        groups.setdefault(use.same_injuries if of_injuries else (use.code,), []).append(use)
    told = "、".join(f"{one.title}（{one.unit}）" for one in pack.inputs.values())
    reported = [[Word(_("由本地填报：%(told)s。") % {"told": told})]] if told else []
    return [count_sentence(uses) for uses in groups.values()] + reported + [
        line for figure in pack.figures.values() for line in figure_words(pack, figure)
    ]


def figure_words(pack: Pack, figure: FigureRule) -> list[list[Word]]:
    """“风险分”从[10分]起算，下列各项相加减，在0到100之间：/ 有重伤：本年累计重伤人次超过 0 的，加[15分]。/ 有下列之一的，直接记[100分]：……"""
    said, names = Sentence(pack, pack.shown_on), pack.given_names
    base = said.number(read_number(figure.base, names)) if figure.base else []
    if not figure.items:
        return [joined([Word(f"“{figure.title}”＝"), *base, Word("。")])]
    start = [Word(_("从 ")), *base, Word(_(" 起算，"))] if base else []
    ends = dict(zip(("low", "high"), figure.between, strict=False))
    within = _("，结果在%(low)g到%(high)g之间") % ends if ends else ""
    head = [Word(f"“{figure.title}”"), *start, Word(_("由下列各项相加减") + within + "：")]
    vetoes = veto_words(said, figure)
    return [joined(line) for line in (head, *(item_words(said, item) for item in figure.items), vetoes) if line]


def item_words(said: Sentence, item: Item) -> list[Word]:
    """有重伤：本年累计重伤人次超过 0 的，加 [15分]。"""
    add, names = read_number(item.add, said.pack.given_names), said.pack.given_names
    sign, amount = (_("减 "), add.of) if isinstance(add, Negative) else (_("加 "), add)
    when = [*said.part(read(item.when, names).top), Word(_("的，"))] if item.when else []
    return [Word(f"{item.title}："), *when, Word(sign), *said.number(amount), Word("。")]


def veto_words(said: Sentence, figure: FigureRule) -> list[Word]:
    """有下列之一的，直接记 [100分]：……"""
    if not figure.vetoes:
        return []
    names = said.pack.given_names
    words = [Word(_("有下列之一的，直接记 ")), *said.number(read_number(figure.at_veto, names)), Word(_("："))]
    for n, veto in enumerate(figure.vetoes):
        words += [Word(_("；"))] * bool(n) + [*said.part(read(veto.when, names).top), Word(f"（{veto.title}）")]
    return [*words, Word("。")]


def count_sentence(uses: list[Use]) -> list[Word]:
    named = [_("全域的同一指标") if use.of == AREA and any(one.measure == use.measure for one in uses[:n])
             else f"{SUBJECTS[AREA].title if use.of == AREA else ''}{measure_of(use.measure).title}（{measure_of(use.measure).formula}）"
             for n, use in enumerate(uses)]  # fmt: skip
    if not measure_of(uses[0].measure).of_injuries:
        return [Word(_("统计%(named)s。") % {"named": "、".join(named)})]
    windows = {name: window_title(name) for name in (*WINDOWS_OFFERED, uses[0].window)}
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


def sent(case: Case, settings: Mapping[str, Value]) -> str:
    """由安委办发给单位, by the parameters' values; '' where the rule names nobody."""
    named = {"issuer": party(case.issued_by(settings)), "to": "、".join(map(party, case.addressees))}
    return _("由%(issuer)s发给%(to)s") % named if case.issuer else ""


def sent_words(pack: Pack, case: Case, day: date) -> list[Word]:
    """由所在镇（街道、区）发给单位；[改由行业主管部门发出]"""
    words = [Word(sent(case, {}))] if case.issuer else []
    return [*words, Word("；"), Sentence(pack, day).parameter(case.switch)] if case.switch else words


def ranked_words(pack: Pack, top: Top, names: str, day: date) -> list[Word]:
    """按工伤事故起数名次（权重 [0.5]）、发生率名次（权重 [0.5]）之和取前 [100家]，名次之和相同的依次比……"""
    said, words = Sentence(pack, day), [Word(_("按"))]
    for n, (name, weight) in enumerate(top.places):
        words += [Word(("、" if n else "") + _("%(title)s名次（权重 ") % {"title": key_title(pack, name)}), said.parameter(weight), Word("）")]
    ties = _("，并列的一并列入") if top.ties == "include" else ""
    equal = _("，名次之和相同的依次比%(names)s") % {"names": names} if names else ""
    return joined([*words, Word(_("之和取前 ")), said.parameter(top.count), Word(equal + ties)])


def key_title(pack: Pack, name: str) -> str:
    """What a sort key is called: a measure or a figure; '-name' where the smallest comes first."""
    bare = name.removeprefix("-")
    own = pack.figures.get(bare) or pack.inputs.get(bare)
    title = own.title if own else measure_title(pack.measures[bare])
    return _("%(title)s（小的在前）") % {"title": title} if name.startswith("-") else title


def top_words(pack: Pack, outcome: Outcome, day: date) -> list[Word]:
    """按……取前 [N] 家."""
    if not outcome.top:
        return []
    names = "、".join(key_title(pack, name) for name in outcome.top.by)
    if outcome.top.places:
        return ranked_words(pack, outcome.top, names, day)
    ties = _("，并列的一并列入") if outcome.top.ties == "include" else ""
    return [
        Word(_("按%(names)s取前 ") % {"names": names}),
        Sentence(pack, day).parameter(outcome.top.count),
        Word(ties),
    ]
