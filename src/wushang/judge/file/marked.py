"""YAML with the place of every value: a tree of Marks, from which the reader takes values and tells of mistakes."""

from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.judge.remark import Remark

LARGEST = 200_000
MOST = 20_000


@dataclass(frozen=True)
class Mark:
    """A value (plain, list of Marks, or dict of Marks), its line, and where its text starts and ends."""

    value: Any
    line: int
    start: int
    end: int

    @property
    def kind(self) -> str:
        return "map" if isinstance(self.value, dict) else "list" if isinstance(self.value, list) else "plain"

    def plain(self) -> Any:
        """Without the marks."""
        if isinstance(self.value, dict):
            return {key: mark.plain() for key, mark in self.value.items()}
        return [mark.plain() for mark in self.value] if isinstance(self.value, list) else self.value


def load(text: str) -> tuple[Mark | None, list[Remark]]:
    """The tree of a YAML text, or what is wrong with its form."""
    if len(text) > LARGEST:
        return None, [Remark("error", _("文件太大"), remedy=_("规则文件应在 20 万字以内"), code="form")]
    try:
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        builder = Builder(loader)
        return (builder.mark(node) if node else None), builder.remarks
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return None, [broken(error)]


REMEDY = gettext_lazy("请检查缩进（只用空格）、冒号后的空格和成对的引号")
# words of the parser's complaint, what it means, what to write instead; the line may be the one after the slip
PROBLEMS: tuple[tuple[str, Any, Any], ...] = (
    ("mapping values are not", gettext_lazy("这一行有两个冒号，或上一行少了一个"), gettext_lazy("冒号要用半角，后面空一格；文字里有冒号的加引号")),
    ("could not find expected ':'", gettext_lazy("少了冒号"), gettext_lazy("冒号要用半角，后面空一格")),
    ("expected <block end>", gettext_lazy("这一行没有和上面对齐"), gettext_lazy("同一层的左边对齐，只用空格")),
    ("cannot start any token", gettext_lazy("这一行开头的字不能用"), gettext_lazy("不用 Tab，改用空格；以 %、@ 等开头的文字加引号")),
    ("unexpected end of stream", gettext_lazy("引号不成对"), gettext_lazy("请补上缺少的引号")),
    ("expected ',' or", gettext_lazy("这一行附近的引号、逗号或括号不成对"), gettext_lazy("用半角逗号隔开，引号和 { } [ ] 成对；也请看上一行")),
    ("day is out of range", gettext_lazy("没有这一天"), gettext_lazy("日期请写成 2026-01-31")),
    ("month must be in", gettext_lazy("没有这个月份"), gettext_lazy("日期请写成 2026-01-31")),
)


def broken(error: Exception) -> Remark:
    at = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error)
    said = next(((meant, remedy) for words, meant, remedy in PROBLEMS if words in what), (what, REMEDY))
    sentence, remedy = _("文件格式读不通：%(what)s") % {"what": said[0]}, str(said[1])
    return Remark("error", sentence, line=at.line + 1 if at else 0, remedy=remedy, code="form")


@dataclass
class Builder:
    """YAML nodes to Marks."""

    loader: yaml.SafeLoader
    remarks: list[Remark] = field(default_factory=list)
    seen: int = 0

    def mark(self, node: yaml.Node) -> Mark:
        self.seen += 1
        if self.seen > MOST:  # a few aliases of aliases can stand for millions of values
            raise ValueError(_("内容太多"))
        line, start, end = node.start_mark.line + 1, node.start_mark.index, node.end_mark.index
        if isinstance(node, yaml.MappingNode):
            return Mark(self.mapping(node), line, start, end)
        if isinstance(node, yaml.SequenceNode):
            return Mark([self.mark(one) for one in node.value], line, start, end)
        return Mark(self.plain(node), line, start, end)

    def plain(self, node: yaml.Node) -> Any:
        """A value as it is read; what looks like a date and is none is told at its line."""
        try:
            return self.loader.construct_object(node)
        except ValueError as error:
            raise yaml.MarkedYAMLError(problem=str(error), problem_mark=node.start_mark) from None

    def mapping(self, node: yaml.MappingNode) -> dict[Any, Mark]:
        """Keys as plain values. YAML would silently take the last of two equal keys."""
        found: dict[Any, Mark] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem=_("名称应是一个词"), problem_mark=key_node.start_mark)
            key = self.loader.construct_object(key_node)
            if key in found:
                self.twice(key, key_node.start_mark.line + 1)
            found[key] = self.mark(value_node)
        return found

    def twice(self, key: Any, line: int) -> None:
        sentence = _("“%(key)s”写了两次") % {"key": key}
        self.remarks.append(Remark("error", sentence, line=line, remedy=_("请只留一处"), code="twice"))
