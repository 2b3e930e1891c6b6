"""认定情形: the ways in which clerks write articles 14 (1)–(7) and 15 (1)–(3) of 工伤保险条例."""

import re

from wushang.terms.codes.code import entries, normal

_NUMBERS = {digit: str(n) for n, digit in enumerate("一二三四五六七", 1)} | {str(n): str(n) for n in range(1, 8)}
_WRITTEN = re.compile(
    r"(?:《?工伤保险)?(?:条例》?)?第?(14|15|十四|十五)"  # 第十四条
    r"(?:条|[-.—－/](?=[1-7])|(?=\())(?:第?[一1]款)?"  # 15条第一款 has items too
    r"第?\(?([1-7一二三四五六七])\)?项?(?:规定|情形|之规定)?"
)


def spelled(text: str) -> str | None:
    """“14条(一)”, “第十四条第一项”, “十四条（六）”, “14-6” in, “14-1”, “14-1”, “14-6”, “14-6” out; else None."""
    found = _WRITTEN.fullmatch(normal(text))
    if not found:
        return None
    article = {"十四": "14", "十五": "15"}.get(found[1], found[1])
    code = f"{article}-{_NUMBERS[found[2]]}"
    return code if any(entry.code == code for entry in entries("situation")) else None


def is_production(code: str) -> bool:
    """Whether a situation counts as 生产经营性: not commuting (14-6), not deemed injuries (15-1…15-3)."""
    return any(entry.code == code and entry.extra["production"] == "1" for entry in entries("situation"))
