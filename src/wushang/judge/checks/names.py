"""Names a pack uses: measures, windows, levels, ranks, cases, moments, actions. Unknown ones with the nearest known."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from wushang.analyse.measures import BASES, SCOPES, STATUSES, measures
from wushang.judge.assessments.measures import CASE_MEASURES, looked_up
from wushang.judge.language.mistake import nearest
from wushang.judge.letters import letters
from wushang.judge.pack import Case, Outcome, Pack, Use
from wushang.judge.place import check_area as check_place
from wushang.judge.remark import Remark
from wushang.judge.subject import SUBJECTS
from wushang.terms import codes
from wushang.terms.actions import actions
from wushang.terms.deadline import Length
from wushang.terms.level import Level
from wushang.terms.period import WINDOWS, is_window

# the moments a clock may start from
MOMENTS = ("found", "issued", "delivered", "acknowledged", "submitted", "returned", "accepted")


LEVELS = [level.value for level in Level]

# addressees that are found per unit; all others are kinds of departments
PARTIES = ["enterprise", "regulator", "township"]


def departments() -> list[str]:
    return [code.code for code in codes.all("department_kind")]


def called() -> dict[str, str]:
    """Chinese names of departments → their kind."""
    return {name: code.code for code in codes.all("department_kind") for name in (code.name, *code.aliases)}


def units(pack: Pack) -> dict[str, str]:
    """The unit of every name of the pack."""
    known = {code: measure.unit for code, use in pack.measures.items() if (measure := looked_up(use.measure))}
    known |= {code: told.unit for code, told in pack.inputs.items()}
    known |= {code: figure.unit for code, figure in pack.figures.items()}
    return known | {code: parameter.unit for code, parameter in pack.parameters.items()}


def check_names(pack: Pack) -> Iterator[Remark]:
    for use in pack.measures.values():
        yield from check_use(pack, use)
    yield from check_subject(pack)
    for figure in pack.figures.values():
        if figure.code in pack.given_names:
            remedy = _("请改其中一个名称")
            yield Remark("error", _("“%(code)s”又是指标或参数") % {"code": figure.code}, f"figures.{figure.code}", figure.line, remedy, "name")
    for outcome in pack.outcomes:
        yield from check_outcome(pack, outcome)
    for case in pack.cases.values():
        yield from check_case(pack, case)
    yield from unused(pack)
    yield from check_place(pack.area)


def known(
    word: str, allowed: list[str], place: str, line: int, what: str, called: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Remark]:
    """Nothing where the word is allowed, else one error with the nearest allowed word. called: Chinese name → word."""
    if word not in allowed:
        close = [called[word]] if word in called else nearest(word, allowed)
        remedy = (
            _("是不是“%(close)s”？") % {"close": "”或“".join(close)}
            if close
            else _("可以写：%(all)s") % {"all": "、".join(allowed)}
        )
        yield Remark(
            "error", _("没有叫“%(word)s”的%(what)s") % {"word": word, "what": what}, place, line, remedy, "name"
        )


def check_subject(pack: Pack) -> Iterator[Remark]:
    """What only enterprises, only cases, or only groups of enterprises can have."""
    yield from check_run(pack)
    if pack.of_units or pack.of_cases:
        for told in pack.inputs.values():
            remedy = _("单位的数值一律来自数据池，换成 measures 里的指标；平台没有的，先不写这一项，写进 source 的 note")
            yield Remark("error", _("inputs 只用于区域、行业、部门的规则"), f"inputs.{told.code}", told.line, remedy, "subject")
    if pack.of_units:
        return
    for outcome in pack.outcomes:
        if outcome.kind != "list" or outcome.then:
            remedy = _("请写成 list:，不写 then；要预警单位的，另写一条 subject: enterprise 的规则")
            words = {"title": outcome.title, "what": SUBJECTS[pack.subject].title}
            sentence = _("%(what)s只评定、不预警，“%(title)s”不能有等级和措施") % words
            yield Remark("error", sentence, f"outcomes.{outcome.code}", outcome.line, remedy, "subject")
    for use in () if pack.of_cases else pack.measures.values():
        measure = measures().get(use.measure)
        if measure and not measure.cell:
            sentence = _("“%(title)s”只能按单位算，不能按区域、行业、部门算") % {"title": measure.title}
            yield Remark("error", sentence, f"measures.{use.code}", use.line, _("请换成交叉分析里有的指标，或写成 inputs"), "subject")


def check_run(pack: Pack) -> Iterator[Remark]:
    """When it may run: with each injury only rules about units, with each step of a case only rules about cases."""
    if "on_injury" in pack.run and not pack.of_units:
        yield Remark("error", _("案件、区域、行业、部门的规则不能随事故即时研判"), "run", remedy=_("请把 run 改为 [daily]"), code="run")
    if "on_case" in pack.run and not pack.of_cases:
        yield Remark("error", _("只有评定案件的规则可以随案件即时研判"), "run", remedy=_("请去掉 on_case"), code="run")


def check_use(pack: Pack, use: Use) -> Iterator[Remark]:
    place = f"measures.{use.code}"
    if pack.of_cases:
        yield from known(use.measure, sorted(CASE_MEASURES), place, use.line, _("案件指标"))
        return
    yield from known(use.measure, sorted(measures()), place, use.line, _("指标"))
    yield from known(use.basis, list(BASES), place, use.line, _("日期口径"))
    yield from known(use.scope, list(SCOPES), place, use.line, _("统计范围"))
    yield from known(use.status, list(STATUSES), place, use.line, _("办理状态"))
    if not is_window(use.window):
        yield from known(use.window, [*WINDOWS, "last_6_months"], place, use.line, _("统计期"))
    if use.of:
        yield from check_area(pack, use, place)
    measure = measures().get(use.measure)
    if measure and not measure.alone and "on_injury" in pack.run:
        sentence = _("“%(title)s”要全部单位一起算，不能随事故即时研判") % {"title": measure.title}
        yield Remark("error", sentence, place, use.line, _("请把 run 改为 [daily]"), "run")
    if use.code in pack.parameters:
        yield Remark(
            "error",
            _("“%(code)s”既是指标又是参数") % {"code": use.code},
            place,
            use.line,
            _("请改其中一个名称"),
            "name",
        )


def check_area(pack: Pack, use: Use, place: str) -> Iterator[Remark]:
    """The whole area's value stands beside groups of it; and there must be groups that are measured."""
    if not SUBJECTS[pack.subject].dimension or pack.of_units:
        remedy = _("请去掉 of；全域各单位平均，请用 pooled_incidence_rate") if pack.of_units else _("请去掉 of")
        yield Remark("error", _("of: area 只用于镇（街道、区）、行业、部门的规则"), place, use.line, remedy, "subject")
    elif not any(other.measure == use.measure and not other.of and other.same_injuries == use.same_injuries for other in pack.measures.values()):
        sentence = _("“%(code)s”是全域的数，没有同一指标、同一统计期的各%(what)s的数可比") % {"code": use.code, "what": SUBJECTS[pack.subject].title}
        yield Remark("warning", sentence, place, use.line, _("请另写一个不带 of 的同样指标，或核对 window、basis、scope、status"), "window")


def check_outcome(pack: Pack, outcome: Outcome) -> Iterator[Remark]:
    place, line = f"outcomes.{outcome.code}", outcome.line
    if [o.code for o in pack.outcomes].count(outcome.code) > 1:
        yield Remark(
            "error",
            _("结果“%(code)s”写了两次") % {"code": outcome.code},
            place,
            line,
            _("请合并条件，用 or 连接"),
            "name",
        )
    if outcome.kind == "level":
        colours = {zh: level.value for level in Level for zh in (level.char, f"{level.char}色", level.zh)}
        yield from known(outcome.code, LEVELS, place, line, _("预警等级"), colours)
        if outcome.code in LEVELS and outcome.code not in pack.cases:
            remedy = _("请在 case 下写明由谁发、发给谁、期限")
            yield Remark("error", _("没有写后续办理"), place, line, remedy, "case")
    titles = {one.said(""): code for code, one in actions().items()}
    for action in outcome.then:
        yield from known(action, sorted(actions()), place, line, _("措施"), titles)
    if outcome.top:
        yield from check_top(pack, outcome)


def check_top(pack: Pack, outcome: Outcome) -> Iterator[Remark]:
    place, line, top = f"outcomes.{outcome.code}.top", outcome.line, outcome.top
    assert top
    yield from known(top.count, sorted(pack.parameters), place, line, _("参数"))
    for name in top.by:
        yield from known(name.removeprefix("-"), sorted({*pack.looked_at, *pack.figures}), place, line, _("指标"))
    for name, weight in top.places:
        yield from known(name.removeprefix("-"), sorted({*pack.looked_at, *pack.figures}), place, line, _("指标"))
        yield from known(weight, sorted(pack.parameters), place, line, _("参数"))
    if "on_injury" in pack.run:
        yield Remark(
            "error", _("取前几家要全部单位一起排，不能随事故即时研判"), place, line, _("请把 run 改为 [daily]"), "run"
        )


def check_case(pack: Pack, case: Case) -> Iterator[Remark]:
    place = f"case.{case.outcome}"
    misnamed = any(one.kind == "level" and one.code not in LEVELS for one in pack.outcomes)  # told once, there
    if not misnamed:
        yield from known(case.outcome, [o.code for o in pack.outcomes], place, case.line, _("结果"))
    if not case.issuer or not case.addressees:
        yield Remark("error", _("没有写由谁发（issuer）或发给谁（addressees）"), place, case.line, code="case")
        return
    if case.letter:
        yield from known(case.letter, list(letters()), place, case.line, _("文书"), {title: name for name, title in letters().items()})
    for whom in (case.issuer, *([case.instead] if case.switch else []), *case.addressees):
        yield from known(whom, PARTIES + departments(), place, case.line, _("部门或对象"), called())
    if case.switch:
        yield from known(case.switch, [code for code, one in pack.parameters.items() if one.kind == "flag"], place, case.line, _("参数（是否）"))
    for step, clock in case.clocks.items():
        where = f"{place}.clocks.{step}"
        yield from known(clock.start, list(MOMENTS), where, clock.grounds.line, _("起算时点"))
        yield from length(clock.length, where, clock.grounds.line)
        if clock.every:
            yield from length(clock.every, where, clock.grounds.line)
    if case.recheck:
        yield from length(case.recheck.after, f"{place}.recheck", case.recheck.grounds.line)
        yield from length(case.recheck.lag, f"{place}.recheck", case.recheck.grounds.line)


def length(text: str, place: str, line: int) -> Iterator[Remark]:
    try:
        Length.parse(text)
    except ValueError:
        sentence = _("期限“%(text)s”读不懂") % {"text": text}
        yield Remark(
            "error",
            sentence,
            place,
            line,
            _("请写成 30日、10个工作日、1个月，或 30 days、10 working_days、1 months"),
            "length",
        )


def unused(pack: Pack) -> Iterator[Remark]:
    written = " ".join(
        [*(o.when for o in pack.outcomes), pack.none_when, *(o.top.count for o in pack.outcomes if o.top),
         *(case.switch for case in pack.cases.values()),
         *(word for o in pack.outcomes for word in o.then),  # a switch of the name of a measure turns that on
         *(name for o in pack.outcomes if o.top for name in (*o.top.by, *(word for pair in o.top.places for word in pair))),
         *(text for figure in pack.figures.values() for _place, text, _line, _kind in figure.written())]
    )
    for code, figure in pack.figures.items():
        if code not in written:
            yield Remark("warning", _("“%(title)s”没有用到") % {"title": figure.title}, f"figures.{code}", figure.line, code="unused")
    for code, parameter in pack.parameters.items():
        if code not in written:
            yield Remark(
                "warning",
                _("参数“%(title)s”没有用到") % {"title": parameter.title},
                f"parameters.{code}",
                parameter.line,
                code="unused",
            )
    for kind, used in (("measures", pack.measures), ("inputs", pack.inputs)):
        for code, one in used.items():
            if code not in written:
                yield Remark("warning", _("指标“%(code)s”没有用到") % {"code": code}, f"{kind}.{code}", one.line, code="unused")
