"""Body parts as a claim writes them (右手食指) and as hospitals code them (S60–S69) → one coarse word, '' where unsure."""

from __future__ import annotations

_WORDS = {  # the longer words first: 手臂 is no hand
    "手背": "hand", "脚背": "foot", "足背": "foot", "脚掌": "foot", "脚腕": "foot", "足底": "foot", "手指": "hand", "手腕": "hand", "手掌": "hand", "手臂": "forearm", "前臂": "forearm", "肘": "forearm", "尺骨": "forearm", "桡骨": "forearm",
    "上臂": "shoulder", "肩": "shoulder", "锁骨": "shoulder", "肱骨": "shoulder", "大腿": "thigh", "髋": "thigh", "股骨": "thigh",
    "小腿": "leg", "膝": "leg", "胫": "leg", "腓": "leg", "踝": "foot", "足": "foot", "脚": "foot", "趾": "foot", "跟骨": "foot", "颈": "neck",
    "胸": "chest", "肋": "chest", "腰": "trunk", "腹": "trunk", "背": "trunk", "骨盆": "trunk", "臀": "trunk", "脊柱": "trunk",
    "头": "head", "颅": "head", "面部": "head", "眼": "head", "耳": "head", "鼻": "head", "颌": "head", "拇指": "hand", "食指": "hand",
    "中指": "hand", "环指": "hand", "小指": "hand", "腕": "hand", "掌": "hand", "指": "hand", "手": "hand",
}  # fmt: skip
_CODED = {"head", "neck", "chest", "trunk", "shoulder", "forearm", "hand", "thigh", "leg", "foot"}


def of_words(words: str) -> str:
    """'右手食指末节' → 'hand'; two different parts or none → ''."""
    found, rest = set(), words
    for word, part in _WORDS.items():
        if word in rest:
            found.add(part)
            rest = rest.replace(word, " ")
    return found.pop() if len(found) == 1 else words if words in _CODED else ""


def of_code(part: str) -> str:
    """The coded part where it is one part of the body; several, unspecified or the whole say nothing."""
    return part if part in _CODED else ""
