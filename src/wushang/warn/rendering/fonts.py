"""Font map (字体): which family prints 仿宋, 小标宋, 黑体 and 宋体; a place's own fonts first, open ones otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
# The names under which the licensed faces of GB/T 9704 are sold; nothing of them is shipped.
WANTED = {
    "body": (
        "FangSong_GB2312",
        "仿宋_GB2312",
        "FangSong",
        "仿宋",
        "FZFangSong-Z02",
        "Zhuque Fangsong (technical preview)",
    ),
    "title": ("FZXiaoBiaoSong-B05", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "方正小标宋简体"),
    "heading": ("SimHei", "黑体", "FZHei-B01"),
    "song": ("SimSun", "宋体", "FZShuSong-Z01"),
}
OPEN = {"body": SERIF, "title": SERIF, "heading": SANS, "song": SERIF}


@dataclass(frozen=True)
class FontMap:
    """Role → family for typst, and the fonts themselves; a fallback title is thickened, since it has no bold."""

    fonts: typst.Fonts
    families: dict[str, str]

    def as_data(self) -> dict[str, object]:
        return {**self.families, "thin_title": self.families["title"] == SERIF}


@cache
def font_map(folder: str = "") -> FontMap:
    """The folder of settings.WUSHANG_FONT_DIR (may be empty) → the font map."""
    ours = Path(pylopdf_fonts_zh_cn.__file__).parent
    paths = [str(ours)] + ([folder] if folder else [])
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(paths))
    there = set(fonts.families())
    families = {role: next((n for n in names if n in there), OPEN[role]) for role, names in WANTED.items()}
    return FontMap(fonts, families)
