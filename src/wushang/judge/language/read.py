"""Reading the text of an expression into its parts, with sentences for what is wrong."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from wushang.judge.language.mistake import Mistake, nearest
from wushang.judge.language.spelling import broken, spelled
from wushang.judge.language.tree import (
    Arithmetic,
    Choice,
    Comparison,
    Condition,
    Every,
    Extreme,
    Figure,
    Kind,
    Missing,
    Name,
    Negative,
    Not,
    Number,
    Part,
    Scaled,
    Some,
)

CALCULATIONS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
MOST_PARTS = 200
# keeps every number of an expression far from the largest float, where engines stop agreeing
MOST_PRODUCTS = 12
LARGEST = 1e15


def read(text: str, names: Mapping[str, Kind], figures: Mapping[str, Part] | None = None) -> Condition:
    """The condition that a text says; names are the measures, parameters and figures it may use. Raises Mistake."""
    return Condition(text, Reader(text.splitlines() or [""], names, figures or {}).condition(parsed(text)))


def read_number(text: str, names: Mapping[str, Kind]) -> Part:
    """The number that a text says: what a figure is made of. Raises Mistake."""
    return Reader(text.splitlines() or [""], names, {}).number(parsed(text))


def parsed(text: str) -> ast.expr:
    spelled(text)
    try:
        return ast.parse(f"({text}\n)", mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise broken(text, error) from None


@dataclass
class Reader:
    lines: list[str]
    names: Mapping[str, Kind]
    figures: Mapping[str, Part]
    seen: int = 0
    products: int = 0

    def condition(self, node: ast.expr) -> Part:
        """A true-or-false part."""
        self.count(node)
        match node:
            case ast.BoolOp(op=ast.And(), values=values):
                return Every(*self.at(node), of=tuple(self.condition(one) for one in values))
            case ast.BoolOp(values=values):
                return Some(*self.at(node), of=tuple(self.condition(one) for one in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(*self.at(node), of=self.condition(operand))
            case ast.Compare():
                return self.comparison(node)
            case ast.Name():
                return self.name(node, "flag")
        raise self.mistake(
            node, _("这里要写一个能判断成立与否的条件"), _("例如 events >= 3，条件之间用 and、or、not 连接")
        )

    def comparison(self, node: ast.Compare) -> Part:
        """One comparison, or a chain a < b < c as all of its links."""
        sides = [node.left, *node.comparators]
        links = [
            self.link(node, left, sign, right) for (left, right), sign in zip(pairwise(sides), node.ops, strict=True)
        ]
        return links[0] if len(links) == 1 else Every(*self.at(node), of=tuple(links))

    def link(self, node: ast.Compare, left: ast.expr, sign: ast.cmpop, right: ast.expr) -> Part:
        if isinstance(sign, ast.Is | ast.IsNot):
            return self.missing(node, left, sign, right)
        if type(sign) not in COMPARISONS:
            raise self.mistake(node, _("不能用 in 判断"), _("请改写为比较，例如 level >= 1 and level <= 4"))
        return Comparison(*self.at(node), COMPARISONS[type(sign)], self.number(left), self.number(right))

    def missing(self, node: ast.Compare, left: ast.expr, sign: ast.cmpop, right: ast.expr) -> Part:
        if not (isinstance(right, ast.Name) and right.id == "missing"):
            raise self.mistake(right, _("is 后面只能写 missing（缺数）"), _("比较数值请用 ==，例如 events == 1"))
        of = self.name(left, self.names.get(left.id, "number")) if isinstance(left, ast.Name) else self.number(left)
        part = Missing(*self.at(node), of)
        return part if isinstance(sign, ast.Is) else Not(*self.at(node), part)

    def number(self, node: ast.expr) -> Part:
        """A part that stands for a number."""
        self.count(node)
        match node:
            case ast.Constant(value=value) if type(value) in (int, float):
                return self.literal(node, float(value))  # type: ignore[arg-type]
            case ast.Name():
                return self.name(node, "number")
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Negative(*self.at(node), self.number(operand))
            case ast.BinOp(op=op, left=left, right=right) if type(op) in CALCULATIONS:
                self.product(node, CALCULATIONS[type(op)])
                return Arithmetic(*self.at(node), CALCULATIONS[type(op)], self.number(left), self.number(right))
            case ast.Call(func=ast.Name(id="min" | "max" as which), args=args, keywords=[]) if len(args) >= 2:
                return Extreme(*self.at(node), which, tuple(self.number(one) for one in args))
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return Choice(*self.at(node), self.condition(test), self.number(body), self.number(orelse))
            case ast.Call(func=ast.Name(id="scaled"), args=[ast.Name() as of], keywords=[]):
                return Scaled(*self.at(node), self.measure(of))
        raise self.not_a_number(node)

    def literal(self, node: ast.expr, value: float) -> Number:
        if not abs(value) <= LARGEST:
            raise self.mistake(node, _("这个数太大"), _("数值请在正负一千万亿以内"))
        return Number(*self.at(node), value)

    def measure(self, node: ast.Name) -> Name:
        """What `scaled` may stand around: a name that differs from unit to unit."""
        name = self.name(node, "number")
        if not isinstance(name, Name):
            raise self.mistake(node, _("scaled 里只能写一个指标"), _("例如 scaled(rate)"))
        return name

    def name(self, node: ast.Name, wanted: Kind) -> Name | Figure:
        if node.id not in self.names:
            raise self.unknown(node)
        if self.names[node.id] != wanted and wanted == "flag":
            raise self.mistake(
                node,
                _("“%(name)s”是数，不能单独作条件") % {"name": node.id},
                _("请写成比较，例如 %(name)s > 0") % {"name": node.id},
            )
        if self.names[node.id] != wanted:
            raise self.mistake(
                node,
                _("“%(name)s”是“是/否”，不能当数用") % {"name": node.id},
                _("请单独写它作条件，例如 %(name)s and events > 0") % {"name": node.id},
            )
        if node.id in self.figures:
            return Figure(*self.at(node), node.id, self.figures[node.id])
        return Name(*self.at(node), node.id, wanted)

    def unknown(self, node: ast.Name) -> Mistake:
        known = sorted(self.names)
        close = nearest(node.id, known)
        if node.id == "missing":
            return self.mistake(node, _("missing 只能写在 is 后面"), _("例如 rate is missing"))
        remedy = _("是不是“%(close)s”？") if close else _("可以用的名称：%(known)s")
        return self.mistake(
            node,
            _("没有叫“%(name)s”的指标或参数") % {"name": node.id},
            remedy % {"close": "”或“".join(close), "known": "、".join(known) or _("（还没有定义）")},
        )

    def not_a_number(self, node: ast.expr) -> Mistake:
        match node:
            case ast.Constant(value=str()):
                return self.mistake(node, _("这里不能写文字"), _("请写数或名称，不加引号"))
            case ast.Constant(value=bool()):
                return self.mistake(node, _("这里不能写 True 或 False"), _("“是/否”参数直接写名称"))
            case ast.Call():
                remedy = _(
                    "请改用 min(甲, 乙)、max(甲, 乙)、scaled(指标) 或四则运算；别的数请换一个指标（docs/reference/measures.md）"
                )
                return self.mistake(node, _("“%(name)s(…)”不能用") % {"name": ast.unparse(node.func)}, remedy)
            case ast.BoolOp() | ast.Compare() | ast.UnaryOp(op=ast.Not()):
                return self.mistake(node, _("条件不能当数用"), _("请用 and 或 or 连接两个条件"))
            case ast.BinOp():
                return self.mistake(node, _("只能用 + - * / 四种计算"), _("请改用四则运算，或做成指标"))
        return self.mistake(node, _("这里要写一个数或名称"), _("可以用数、名称、+ - * /、min、max"))

    def count(self, node: ast.expr) -> None:
        self.seen += 1
        if self.seen > MOST_PARTS:
            raise self.mistake(node, _("条件太长"), _("请拆成几个等级，或把其中的计算做成指标"))

    def product(self, node: ast.expr, sign: str) -> None:
        self.products += sign in "*/"
        if self.products > MOST_PRODUCTS:
            raise self.mistake(node, _("乘除太多，最多 12 次"), _("请把其中的计算做成指标"))

    def at(self, node: ast.expr) -> tuple[int, int]:
        """Line and column in the text as written: ast counts bytes and our opening bracket."""
        line = min(node.lineno, len(self.lines))
        before = node.col_offset - (1 if node.lineno == 1 else 0)
        return line, len(self.lines[line - 1].encode()[: max(before, 0)].decode(errors="ignore")) + 1

    def mistake(self, node: ast.expr, what: str, remedy: str) -> Mistake:
        line, column = self.at(node)
        return Mistake(what, remedy, line, column)
