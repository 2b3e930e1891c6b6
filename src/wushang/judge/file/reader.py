"""From the text of a policy file to a Pack, with a Remark for everything that is not as it should be."""

import functools
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wushang.judge.figure import Figure, Item
from wushang.judge.file.marked import load
from wushang.judge.file.section import Section
from wushang.judge.pack import (
    FLAG_UNIT,
    Case,
    Clock,
    Dated,
    Example,
    Grounds,
    Outcome,
    Pack,
    Parameter,
    Recheck,
    Top,
    Use,
    with_ends,
)
from wushang.judge.remark import Remark, usable
from wushang.judge.subject import AREA, SUBJECTS, Input

NO_UNIT = "无"
BASES = ("document", "platform_default", "place")
KINDS = ("level", "list", "referral")


def read_pack(text: str) -> tuple[Pack | None, list[Remark]]:
    """The pack (None where its form does not allow one) and the remarks of reading it."""
    tree, remarks = load(text)
    if tree is None or tree.kind != "map":
        return None, remarks or [Remark("error", _("文件是空的，或不是一条规则"), remedy=_("请从现有规则复制一份再改"))]
    top = Section(tree, "", remarks)
    pack = Pack(
        id=top.word("id"), title=top.text("title"), issuer=top.text("issuer"), area=top.text("area"),
        subject=top.choice("subject", tuple(SUBJECTS)), run=top.choices("run", ("on_injury", "on_case", "daily")),
        since=top.day("since"), checked_on=top.day("checked_on"), checked_by=top.text("checked_by", ""),
        source={key: str(value) for key, value in top.map("source").plain().items()},
        parameters=named(top.map("parameters", required=False), parameter),
        measures=named(top.map("measures", required=not top.has("inputs")), use),
        inputs=named(top.map("inputs", required=False), told_input),
        figures=named(top.map("figures", required=False), figure),
        outcomes=tuple(outcome(each) for each in top.list("outcomes")),
        none_when=top.text("none_when", ""),
        cases=named(top.map("case", required=False), case),
        examples=tuple(example(each) for each in top.list("examples")),
        text=text,
    )  # fmt: skip
    top.done()
    return pack, remarks


@functools.lru_cache(maxsize=64)
def pack_of(text: str) -> Pack:
    """The pack of a text that was checked. Raises ValueError where it was not."""
    pack, remarks = read_pack(text)
    if pack is None or not usable(remarks):
        raise ValueError("\n".join(map(str, remarks)))
    return pack


def named(section: Section, make: Callable[[str, Section], Any]) -> dict[str, Any]:
    return {key: make(key, each) for key, each in section.each()}


def grounds(of: Section) -> Grounds:
    """basis with its words: a document's clause, our reason, or a place's own document and clause."""
    return Grounds(
        of.choice("basis", BASES, "document"),
        of.text("clause", ""),
        of.text("why", ""),
        of.text("document", ""),
        of.line,
    )


def unit_of(of: Section) -> str:
    """What it is counted in; '' of a plain number (a weight, an index), which is written 无."""
    said = of.text("unit")
    return "" if said == NO_UNIT else said


def parameter(code: str, of: Section) -> Parameter:
    title, unit, own = of.text("title"), unit_of(of), of.flag("own_basis", False)
    values = [dated(day, each, unit) for day, each in days(of.map("values"))]
    of.done()
    return Parameter(code, title, unit, with_ends(values), own, of.line)


def days(section: Section) -> Iterator[tuple[date, Section]]:
    for key, each in section.each():
        if isinstance(key, date):
            yield key, each
        else:
            each.tell(_("“%(key)s”不是日期") % {"key": key}, _("请写成 2025-01-01"))


def dated(start: date, of: Section, unit: str) -> Dated:
    kinds: tuple[type, ...] = (bool,) if unit == FLAG_UNIT else (int, float)
    value, own = of.value("value", kinds), of.has("was")
    told = Dated(start, of.day("until", None), value, grounds(of), of.line, own, of.value("was", kinds, None))
    of.done()
    return told


def use(code: str, of: Section) -> Use:
    told = Use(
        code, of.text("measure"), of.text("window", "year_to_date"), of.text("basis", "occurred"),
        of.text("scope", "at_work"), of.text("status", "reported"), of.text("note", ""), of.line,
        of.choice("of", (AREA,), ""),
    )  # fmt: skip
    of.done()
    return told


def told_input(code: str, of: Section) -> Input:
    told = Input(code, of.text("title"), unit_of(of), of.text("note", ""), of.line)
    of.done()
    return told


def figure(code: str, of: Section) -> Figure:
    items = tuple(item(each, "plus") for each in of.list("items")) if of.has("items") else ()
    vetoes = tuple(item(each, "veto") for each in of.list("vetoes")) if of.has("vetoes") else ()
    told = Figure(
        code, of.text("title"), unit_of(of), of.text("base", "") if items else of.text("base"), items, vetoes,
        of.text("at_veto") if vetoes else "", ends(of), grounds(of), of.line,
    )  # fmt: skip
    of.done()
    return told


def item(of: Section, kind: str) -> Item:
    """A line of a score; a veto adds nothing and must have its condition."""
    when, add = (of.text("when"), "") if kind == "veto" else (of.text("when", ""), of.text("add"))
    told = Item(of.text("title"), when, add, grounds(of), of.line)
    of.done()
    return told


def ends(of: Section) -> tuple[float, ...]:
    """The least and the greatest that a figure may be; () where nothing is said."""
    found = of.value("between", (list,), None)
    if found is None:
        return ()
    right = len(found) == 2 and all(type(end) in (int, float) for end in found) and found[0] < found[1]
    if not right:
        of.tell(_("“between”应是从小到大的两个数"), _("例如 between: [0, 100]"))
    return (float(found[0]), float(found[1])) if right else ()


def outcome(of: Section) -> Outcome:
    kind = next((key for key in KINDS if of.has(key)), "level")
    code = of.text(kind)
    told = Outcome(
        code, kind, of.text("title", code), of.text("when"), of.words("then"), of.text("clause", ""),  # type: ignore[arg-type]
        top(of.map("top")) if of.has("top") else None, of.line,
    )  # fmt: skip
    of.done()
    return told


def top(of: Section) -> Top:
    places = of.map("places", required=False)
    weights = tuple((str(name), places.text(name)) for name in places.mark.value)
    told = Top(of.text("count"), of.words("by"), of.choice("ties", ("include", "exclude"), "include"), weights)
    of.done()
    return told


def case(code: str, of: Section) -> Case:
    issuer, switch, instead = issued(of.text("issuer", ""))
    told = Case(
        code, issuer, of.words("addressees"), of.text("letter", ""),
        named(of.map("clocks", required=False), clock), of.numbers("remind"),
        recheck(of.map("recheck")) if of.has("recheck") else None,
        {key: float(each) for key, each in of.amounts("staff_days").items()}, of.line, switch, instead,
        of.flag("urgent", False),
    )  # fmt: skip
    of.done()
    return told


def issued(text: str) -> tuple[str, str, str]:
    """`township` → (township, "", ""); `regulator if by_regulator else township` → (township, by_regulator, regulator)."""
    either = re.fullmatch(r"(\w+) +if +(\w+) +else +(\w+)", text)
    return (either[3], either[2], either[1]) if either else (text, "", "")


def clock(step: str, of: Section) -> Clock:
    told = Clock(
        step,
        of.text("length", ""),
        of.text("from", ""),
        grounds(of),
        of.value("rounds", (int,), None),
        of.text("every", ""),
    )
    of.done()
    return told


def recheck(of: Section) -> Recheck:
    told = Recheck(
        after=of.text("after"), start=of.choice("from", ("delivered", "submitted", "accepted"), "accepted"),
        window=of.choice("window", ("same_length", "year_to_date"), "same_length"),
        scope=of.choice("scope", ("at_work", "all"), "at_work"),
        fall_percent=of.value("fall_percent", (int, float)) or 0,
        compare_with=of.choice("compare_with", ("pooled", "mean", "industry", "none"), "pooled"),
        combination=of.choice("combination", ("or", "and"), "or"),
        small_baseline=of.value("small_baseline", (int,), 2), lag=of.text("lag", "30 days"), grounds=grounds(of),
        headcount_percent=of.value("headcount_percent", (int, float), None),
    )  # fmt: skip
    of.done()
    return told


def example(of: Section) -> Example:
    given, expect = of.value("given", (dict, list)), of.value("expect", (str, list))
    told = Example(
        of.text("name"), tuple(given if isinstance(given, list) else [given or {}]),
        tuple("" if one == "none" else one for one in (expect if isinstance(expect, list) else [expect or ""])),
        of.value("with", (dict,), {}) or {}, of.day("as_of", None), of.line, of.text("issuer", ""),
    )  # fmt: skip
    of.done()
    return told
