"""A policy file as it arrives, from a command or from a page: bytes in, text out. Refused where it is too large or no text."""

from django.utils.translation import gettext as _

from wushang.judge.file.marked import LARGEST
from wushang.terms.problem import Problem, Refused


def decoded(content: bytes, name: str) -> str:
    """UTF-8, with or without its mark; kept byte for byte but for that mark."""
    if len(content) > LARGEST * 4:  # no character takes more
        raise Refused(Problem("size", name, "", _("文件太大"), _("规则文件应在 20 万字以内")))
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        why = _("文件不是 UTF-8 编码（第%(n)s字节）") % {"n": error.start}
        raise Refused(Problem("encoding", name, "", why, _("请另存为 UTF-8"))) from None
