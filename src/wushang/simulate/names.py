"""Names of the invented city: enterprises, persons, and the variants in which clerks write an enterprise's name."""

from __future__ import annotations

import numpy as np

from wushang.simulate.chance import pick
from wushang.simulate.places import CITY
from wushang.simulate.trades import TRADES

STYLE = list("恒岳鸿德邻安澜瑞通广联宏拓启明合力卓凡兴盛佳禾云帆东箭万隆远瓴华晟金豪诚泰永磐同创嘉铭昌荣旭景润泽博")
SURNAMES = list("王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈")
GIVEN = list("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文斌鹏飞辉波宁欣怡佳俊海燕春雷冬雪晨")
TRADITIONAL = str.maketrans("云东华业门车启达联兴经贸电动务学饰运输", "雲東華業門車啟達聯興經貿電動務學飾運輸")


def style_names(rng: np.random.Generator, size: int) -> list[str]:
    """`size` different 字号 (the distinctive part): two characters while they last, then three."""
    base = len(STYLE)
    pairs = [a + b for a in STYLE for b in STYLE if a != b]
    chosen = [pairs[i] for i in rng.permutation(len(pairs))[: min(size, len(pairs) // 2)]]
    if size > len(chosen):
        triples = rng.permutation(base**3)[: size - len(chosen)]
        chosen += [STYLE[t // base**2] + STYLE[t // base % base] + STYLE[t % base] for t in triples]
    return chosen


def enterprise_name(style: str, trade: int, suffix: int) -> str:
    """The registered name: 云溪市 + 字号 + trade + form."""
    kind = TRADES[trade]
    word = kind.suffixes[suffix % len(kind.suffixes)]
    if kind.group == "schools":
        return f"{CITY}{style}{word}"
    return f"{CITY}{style}{word}有限公司"


def person_names(rng: np.random.Generator, size: int) -> np.ndarray:
    """Chinese person names of two or three characters."""
    first, second, third = (pick(rng, words, size) for words in (SURNAMES, GIVEN, GIVEN))
    third = np.where(rng.random(size) < 0.2, "", third)
    return first + second + third


VARIANTS = ("responsible", "city_in_brackets", "no_city", "spaced", "full_width_brackets", "short", "traditional")


def variant(name: str, kind: str) -> str:
    """The same enterprise as another clerk writes it."""
    core = name.removeprefix(CITY)
    body = core.removesuffix("有限公司")
    written = {
        "responsible": name.replace("有限公司", "有限责任公司"),
        "city_in_brackets": f"{body}(云溪)有限公司" if core != body else f"云溪{core}",
        "no_city": core,
        "spaced": f"{CITY} {core} ",
        "full_width_brackets": f"{body}（云溪）有限公司" if core != body else f"云溪{core}",
        "short": f"云溪{body}",
        "traditional": name.translate(TRADITIONAL),
    }
    return written[kind]
