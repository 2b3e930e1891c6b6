"""What a text says otherwise than the one before it, in plain words: numbers and whose words they are, what is counted, conditions,
measures, letters, deadlines, the re-check."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from wushang.judge import prose
from wushang.judge.letters import letters
from wushang.judge.pack import Case, Grounds, Pack, plain
from wushang.judge.recheck_words import recheck_words


def texts(old: Pack, new: Pack, whole: str) -> Iterator[str]:
    """What the new text says otherwise, a sentence each. `whole`: 全市, 全县, as the place is called."""
    yield from _parameters(old, new)
    yield from _inputs(old, new)
    yield from _counting(old, new)
    yield from (
        _("“%(t)s”的算法有改动") % {"t": one.title}
        for code, one in new.figures.items()
        if _reckoned(old, code) != _reckoned(new, code)
    )
    yield from _outcomes(old, new, whole)
    for code in (code for code in dict.fromkeys([*new.cases, *old.cases]) if old.outcome(code) and new.outcome(code)):
        if code in new.cases and code in old.cases:
            yield from _case(old, new, code, whole)
        else:
            yield (_("新增“%(t)s”的办理办法") if code in new.cases else _("取消“%(t)s”的办理办法")) % {"t": prose.title(new, code)}


def _parameters(old: Pack, new: Pack) -> Iterator[str]:
    for code in dict.fromkeys([*old.parameters, *new.parameters]):
        one = new.parameters.get(code) or old.parameters[code]
        was, will = (_value(pack, code) for pack in (old, new))
        if was != will:
            yield _("%(title)s：%(was)s → %(will)s") % {"title": one.title, "was": was, "will": will}
        elif (said := _words(old, code)) != (says := _words(new, code)):
            yield _("“%(title)s”的依据：%(was)s → %(will)s") % {"title": one.title, "was": said, "will": says}


def _words(pack: Pack, code: str) -> str:
    """Whose words the number is: the clause with its document, or why the platform wrote it."""
    dated = pack.parameters[code].on(pack.shown_on)
    return grounds_said(dated.grounds) if dated else ""


def grounds_said(grounds: Grounds) -> str:
    """第六条：…；平台默认：…；某办法：…."""
    if grounds.basis == "platform_default":
        return _("平台默认：%(why)s") % {"why": grounds.why}
    return f"{grounds.document}：{grounds.clause}" if grounds.document else grounds.clause


def _inputs(old: Pack, new: Pack) -> Iterator[str]:
    """What the place has to report itself, from now on or no more."""
    for pack, other, said in ((new, old, _("新增本地填报“%(t)s”")), (old, new, _("不再要本地填报“%(t)s”"))):
        yield from (said % {"t": one.title} for code, one in pack.inputs.items() if code not in other.inputs)


def _value(pack: Pack, code: str) -> str:
    parameter = pack.parameters.get(code)
    dated = parameter.on(pack.shown_on) if parameter else None
    if parameter is None:
        return _("没有这一项")
    unit = parameter.unit if parameter.kind == "number" and dated and dated.value is not None else ""
    return f"{plain(dated.value if dated else None)}{unit}"


def _counting(old: Pack, new: Pack) -> Iterator[str]:
    for code in (code for code in new.measures if code in old.measures):
        one, two = old.measures[code], new.measures[code]
        if (one.measure, one.of, *one.same_injuries) != (two.measure, two.of, *two.same_injuries):
            was, will = ("".join(word.text for word in prose.count_sentence([use])) for use in (one, two))
            yield _("计数：“%(was)s” → “%(will)s”") % {"was": was, "will": will}


def _reckoned(pack: Pack, code: str) -> str:
    """A figure in words without its numbers, which the parameters tell."""
    lines = prose.figure_words(pack, pack.figures[code]) if code in pack.figures else []
    return "".join(word.text for line in lines for word in line if not word.path)


def _outcomes(old: Pack, new: Pack, whole: str) -> Iterator[str]:
    for code in dict.fromkeys([*(o.code for o in new.outcomes), *(o.code for o in old.outcomes)]):
        was, will = old.outcome(code), new.outcome(code)
        if was is None or will is None:
            yield (_("新增“%(t)s”") if was is None else _("取消“%(t)s”")) % {
                "t": prose.title(new if will else old, code)
            }
            continue
        title = prose.title(new, code)
        if was.when != will.when or was.top != will.top:
            yield _("“%(t)s”的条件：%(was)s → %(will)s") % {
                "t": title,
                "was": _said(old, code),
                "will": _said(new, code),
            }
        if was.then != will.then:
            done = [prose.follows(one, whole) or _("没有") for one in (was, will)]
            yield _("“%(t)s”的措施：%(was)s → %(will)s") % {"t": title, "was": done[0], "will": done[1]}
        if was.clause != will.clause:
            yield _("“%(t)s”的原文：%(was)s → %(will)s") % {"t": title, "was": was.clause, "will": will.clause}


def _said(pack: Pack, code: str) -> str:
    outcome = pack.outcome(code)
    assert outcome
    return "".join(word.text for word in prose.condition(pack, outcome, pack.shown_on))


def _case(old: Pack, new: Pack, code: str, whole: str) -> Iterator[str]:
    """Who sends what to whom, whether at any hour, by when each step, and how it is looked at again."""
    title, was, will = prose.title(new, code), old.cases[code], new.cases[code]
    said = [prose.sent(pack.cases[code], pack.settings(pack.shown_on)) for pack in (old, new)]
    if said[0] != said[1]:
        yield _("“%(t)s”：%(was)s → %(will)s") % {"t": title, "was": said[0], "will": said[1]}
    if was.letter != will.letter:
        named = [letters().get(one.letter, one.letter) or _("没有") for one in (was, will)]
        yield _("“%(t)s”的文书：%(was)s → %(will)s") % {"t": title, "was": named[0], "will": named[1]}
    if was.urgent != will.urgent:
        yield (
            _("“%(t)s”给单位的消息不再等发送时段") if will.urgent else _("“%(t)s”给单位的消息改为在发送时段内发出")
        ) % {"t": title}
    yield from _clocks(was, will, title)
    checks = ["".join(recheck_words(one.recheck, whole)) if one.recheck else _("没有") for one in (was, will)]
    if checks[0] != checks[1]:
        yield _("“%(t)s”的评估：%(was)s → %(will)s") % {"t": title, "was": checks[0], "will": checks[1]}


def _clocks(was: Case, will: Case, title: str) -> Iterator[str]:
    for step in dict.fromkeys([*will.clocks, *was.clocks]):
        lengths = [
            prose.length_words(one.clocks[step].length) if step in one.clocks else _("没有") for one in (was, will)
        ]
        if lengths[0] != lengths[1]:
            said = {"t": title, "step": prose.STEPS.get(step, step), "was": lengths[0], "will": lengths[1]}
            yield _("“%(t)s”%(step)s期限：%(was)s → %(will)s") % said
