"""A pack's own examples, run as tests."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from wushang.judge.language.mistake import nearest
from wushang.judge.language.tree import Value
from wushang.judge.pack import Example, Pack
from wushang.judge.remark import Remark
from wushang.judge.selection import choose


def check_examples(pack: Pack) -> Iterator[Remark]:
    for n, example in enumerate(pack.examples, 1):
        place = f"examples[{n}]"
        yield from strange_ends(pack, example, place)
        strange = list(unknown(pack, example))
        for name, close in strange:
            sentence = _("“%(example)s”用了没有定义的名称“%(name)s”") % {"example": example.name, "name": name}
            remedy = (
                _("是不是“%(close)s”？") % {"close": close} if close else _("请改为 measures 或 parameters 里的名称")
            )
            yield Remark("error", sentence, place, example.line, remedy, "example")
        if strange or any(code and not pack.outcome(code) for code in example.expect):
            continue
        got = outcomes(pack, example)
        if got != list(example.expect):
            sentence = _("“%(name)s”应为%(expected)s，算出来是%(got)s") % {
                "name": example.name, "expected": said(example.expect), "got": said(tuple(got)),
            }  # fmt: skip
            yield Remark("error", sentence, place, example.line, _("请改条件、参数，或改这个例子"), "example")
        elif example.issuer:
            yield from other_issuers(pack, example, place)


def settings(pack: Pack, example: Example) -> dict[str, Value]:
    return pack.documented(example.as_of or pack.shown_on) | example.with_parameters


def outcomes(pack: Pack, example: Example) -> list[str]:
    """What the pack says of the example's units."""
    return choose(pack, list(example.given), settings(pack, example))


def other_issuers(pack: Pack, example: Example, place: str) -> Iterator[Remark]:
    """Who issues, where the example says another."""
    got = {case.issued_by(settings(pack, example)) for code in example.expect if (case := pack.cases.get(code))}
    if got != {example.issuer}:
        told = {"name": example.name, "expected": example.issuer, "got": said(tuple(sorted(got)))}
        sentence = _("“%(name)s”应由%(expected)s发出，算出来是%(got)s") % told
        yield Remark("error", sentence, place, example.line, _("请改 case 下的 issuer，或改这个例子"), "example")


def unknown(pack: Pack, example: Example) -> Iterator[tuple[str, str]]:
    given = {name for unit in example.given for name in unit}
    for names, known in ((given, set(pack.looked_at)), (set(example.with_parameters), set(pack.parameters))):
        for name in sorted(str(name) for name in names - known):
            yield name, next(iter(nearest(name, sorted(known))), "")


def strange_ends(pack: Pack, example: Example, place: str) -> Iterator[Remark]:
    """What an example expects that is no outcome."""
    allowed = "、".join([*(outcome.code for outcome in pack.outcomes), "none"])
    for code in example.expect:
        if code and not pack.outcome(code):
            sentence = _("“%(example)s”的 expect 写了“%(code)s”，没有这个结果") % {
                "example": example.name,
                "code": code,
            }
            yield Remark("error", sentence, place, example.line, _("可以写：%(all)s") % {"all": allowed}, "example")


def said(codes: tuple[str, ...]) -> str:
    return "、".join(code or "none" for code in codes) or "none"
