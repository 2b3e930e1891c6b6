"""YAML with the place of every value: a tree of Marks, from which the reader takes values and tells of mistakes."""

from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _

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


def broken(error: Exception) -> Remark:
    at = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error)
    sentence = _("文件格式读不通：%(what)s") % {"what": what}
    remedy = _("请检查缩进（只用空格）、冒号后的空格和成对的引号")
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
        return Mark(self.loader.construct_object(node), line, start, end)

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
