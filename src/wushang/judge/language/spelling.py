"""Slips of the pen in an expression, told before Python's own parser would say "invalid syntax"."""

import re

from django.utils.translation import gettext as _

from wushang.judge.language.mistake import Mistake

LONGEST = 2000
FULL_WIDTH = str.maketrans("＞＜＝！（）＋－＊／，．　０１２３４５６７８９", "><=!()+-*/,. 0123456789")
# what people type, and what the language calls it; the order matters: longer first
SLIPS: tuple[tuple[str, str], ...] = (
    (r"&&", "and"),
    (r"\|\|", "or"),
    (r"≥|=>|大于等于|不少于", ">="),
    (r"≤|=<|小于等于|不超过", "<="),
    (r"<>|≠", "!="),
    (r"(?<![<>=!])=(?!=)", "=="),
    (r"并且|且", "and"),
    (r"或者|或", "or"),
    (r"×", "*"),
    (r"÷", "/"),
    (r"!(?!=)", "not"),
    (r"[%‰]", ""),
)
# words of a document that may also stand inside a name: looked for only where the text cannot be read
WORDS: tuple[tuple[str, str], ...] = (
    (r"不低于|不小于|达到", ">="),
    (r"不高于|不大于", "<="),
    (r"大于|高于|超过", ">"),
    (r"小于|低于|少于|不足|不满", "<"),
    (r"等于", "=="),
    (r"缺数", "missing"),
)


def spelled(text: str) -> None:
    """Raises Mistake at the first slip: nothing written, full-width signs, = for ==, && for and."""
    if not text.strip():
        raise Mistake(_("条件是空的"), _("请写一个条件，例如 events >= 3"))
    if len(text) > LONGEST:
        raise Mistake(_("条件太长"), _("请拆成几个等级，或把其中的计算做成指标"))
    for at, sign in enumerate(text):
        if ord(sign) in FULL_WIDTH:
            raise slip(text, at, sign, chr(FULL_WIDTH[ord(sign)]))
    if found := first(text, SLIPS):
        raise found


def first(text: str, slips: tuple[tuple[str, str], ...]) -> Mistake | None:
    """The first of these slips in a text, the longest of those that start at one place."""
    found = [(match.start(), match.group(), right) for wrong, right in slips if (match := re.search(wrong, text))]
    return slip(text, *min(found, key=lambda one: (one[0], -len(one[1])))) if found else None


def slip(text: str, at: int, wrong: str, right: str) -> Mistake:
    line, column = place(text, at)
    what = _("“%(wrong)s”不能识别") % {"wrong": wrong}
    if not right:
        return Mistake(what, _("请只写数，单位写在参数的 unit 里"), line, column)
    remedy = _("请改为半角的“%(right)s”") if ord(wrong[0]) in FULL_WIDTH else _("请改为“%(right)s”")
    return Mistake(what, remedy % {"right": right}, line, column)


def broken(text: str, error: Exception) -> Mistake:
    """Python's own complaint, as a sentence at its place."""
    if said := first(text, WORDS):
        return said
    lines = text.splitlines() or [""]
    line, column = getattr(error, "lineno", 1) or 1, getattr(error, "offset", 1) or 1
    column -= line == 1  # our opening bracket
    if line > len(lines):  # the text ended too early: our closing bracket stands on the line after it
        line, column = len(lines), len(lines[-1].rstrip())
    column = max(1, min(column, len(lines[line - 1])))
    if text.count("(") != text.count(")"):
        return Mistake(_("括号不成对"), _("请补上缺少的括号"), line, column)
    near = lines[line - 1][column - 1 : column + 9].strip()
    what = _("“%(near)s”附近写得不对") % {"near": near or text.strip()[-10:]}
    return Mistake(
        what, _("每个条件写成“名称 比较 数”，用 and、or 连接，例如 events >= 3 or hazards > 0"), line, column
    )


def place(text: str, at: int) -> tuple[int, int]:
    """Line and column, from 1, of a character."""
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
