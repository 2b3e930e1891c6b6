"""Why two reports are taken for one injury: each comparison's weight in bits, in words, from the model that weighed it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from wushang.integrate.linkage.injury import shape
from wushang.integrate.linkage.linker import bits, prior_bits
from wushang.integrate.models import Link


@dataclass(frozen=True)
class Step:
    """One bar of the waterfall: its words, its bits, where it begins and how long it is in percent of the picture."""

    words: str
    bits: float
    start: float = 0
    width: float = 0

    @property
    def said(self) -> str:
        """+9.9, −9.4."""
        return f"{self.bits:+.1f}".replace("-", "−")

    @property
    def speaks_for(self) -> bool:
        return self.bits >= 0


def waterfall(link: Link) -> list[Step]:
    """From what is known before any comparison to the sum; comparisons that say nothing are left out."""
    if link.model is None:
        return []
    model = link.model.parameters
    steps = [Step(_("比对之前"), prior_bits(model))]
    for one in shape().compared:
        gamma = link.levels.get(one.name, -1)
        if gamma >= 0:
            steps.append(Step(_(one.words(gamma)), bits(model, one.name, gamma)))
    return _placed(steps)


def _placed(steps: list[Step]) -> list[Step]:
    """Each bar begins where the one before it ended."""
    ends, reached = [0.0], 0.0
    for step in steps:
        reached += step.bits
        ends.append(reached)
    low, high = min(ends), max(ends)
    span = (high - low) or 1.0
    return [
        Step(step.words, round(step.bits, 1), round(100 * (min(a, b) - low) / span, 1), round(max(0.8, 100 * abs(step.bits) / span), 1))
        for step, a, b in zip(steps, ends, ends[1:], strict=False)
    ]


def rule_words(link: Link) -> list[str]:
    """What a link without weights stands on: an accident, which names no person, or equal hashes of a number."""
    if link.what == "accident":
        said = [_("同一单位"), _("时间相差24小时以内") if link.levels.get("hours") else _("同一天或前后一天")]
        return [*said, *([_("事故类别一致")] if link.levels.get("kind") else []), _("事故报告没有姓名，不能对到人")]
    if link.model is None:
        compared = {one.name: one for one in shape().compared}
        said = [_(compared[name].words(gamma)) for name, gamma in link.levels.items() if gamma >= 0]
        return [*said, _("在集群上只比对加密后的证件号码和日期，没有比对姓名和单位")]
    return []
