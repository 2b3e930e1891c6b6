"""A pack's own examples, run as tests."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from wushang.judge.language.mistake import nearest
from wushang.judge.pack import Example, Pack
from wushang.judge.remark import Remark
from wushang.judge.selection import choose


def check_examples(pack: Pack) -> Iterator[Remark]:
    for n, example in enumerate(pack.examples, 1):
        place = f"examples[{n}]"
        strange = list(unknown(pack, example))
        for name, close in strange:
            sentence = _("“%(example)s”用了没有定义的名称“%(name)s”") % {"example": example.name, "name": name}
            remedy = (
                _("是不是“%(close)s”？") % {"close": close} if close else _("请改为 measures 或 parameters 里的名称")
            )
            yield Remark("error", sentence, place, example.line, remedy, "example")
        if strange:
            continue
        got = outcomes(pack, example)
        if got != list(example.expect):
            sentence = _("“%(name)s”应为%(expected)s，算出来是%(got)s") % {
                "name": example.name, "expected": said(example.expect), "got": said(tuple(got)),
            }  # fmt: skip
            yield Remark("error", sentence, place, example.line, _("请改条件、参数，或改这个例子"), "example")


def outcomes(pack: Pack, example: Example) -> list[str]:
    """What the pack says of the example's units."""
    settings = pack.documented(example.as_of or pack.shown_on) | example.with_parameters
    return choose(pack, list(example.given), settings)


def unknown(pack: Pack, example: Example) -> Iterator[tuple[str, str]]:
    given = {name for unit in example.given for name in unit}
    for names, known in ((given, set(pack.looked_at)), (set(example.with_parameters), set(pack.parameters))):
        for name in sorted(str(name) for name in names - known):
            yield name, next(iter(nearest(name, sorted(known))), "")
    for code in example.expect:
        if code and not pack.outcome(code):
            yield code, next(iter(nearest(code, [o.code for o in pack.outcomes])), "")


def said(codes: tuple[str, ...]) -> str:
    return "、".join(code or "none" for code in codes)
