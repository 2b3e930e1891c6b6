"""The look beneath a fall, a line each, in the office's words; `odd` where it is more than chance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from wushang.evaluate.beneath.sides import RIPE, Side
from wushang.evaluate.beneath.silence import Silence
from wushang.statistics.suppression import lag_shift, share_shift, silence_chance

SURE = 0.05
LEAST = 5  # cases on each side of which something can be said
UNKNOWN = 0.2  # share of cases of unknown gravity above which no share is told
LATE = 30  # days, 工伤保险条例第十七条

Line = dict[str, Any]  # {said, odd}, and {lead} where it counts leads


def lines(before: Side, now: Side, silence: Silence | None = None) -> list[Line]:
    return [*_shares(before, now), *_lags(before, now), *(_silent(silence) if silence else ())]


def _shares(before: Side, now: Side) -> Iterator[Line]:
    if min(before.light + before.grave, now.light + now.grave) < LEAST:
        yield _line(_("轻伤、重伤的件数太少，看不出轻伤是不是少报了"))
    elif max(before.unknown / before.total, now.unknown / now.total) > UNKNOWN:
        yield _line(_("伤情不明的太多，看不出轻伤是不是少报了"))
    else:
        found = share_shift(before.light, before.grave, now.light, now.grave)
        odd = found.p <= SURE
        told = {"a": 100 * (found.before or 0), "b": 100 * (found.now or 0), "p": _p(found.p), "g": before.grave, "h": now.grave}
        said = _("轻伤占比由 %(a).0f%% 变为 %(b).0f%%，重伤和死亡 %(g)d → %(h)d 人次（p%(p)s）") % told
        yield _line(said + (_("：轻伤少了而重伤没有同样少，像是轻伤没有报") if odd else _("：没有看出轻伤少报")), odd)


def _lags(before: Side, now: Side) -> Iterator[Line]:
    first, second = before.days(), now.days()
    if min(int((days <= RIPE).sum()) for days in (first, second)) < LEAST:
        return
    found = lag_shift(first, second, late=LATE, longest=RIPE)
    odd = found.p <= SURE and found.median_now > found.median_before
    told = {"a": found.median_before, "b": found.median_now, "x": 100 * found.late_before, "y": 100 * found.late_now, "p": _p(found.p)}
    said = _("从事故到申报的中位天数 %(a)g → %(b)g 天，超过 30 天的占 %(x).0f%% → %(y).0f%%（p%(p)s）") % told
    yield _line(said + (_("：申报变慢，少的可能还没有报来") if odd else _("：申报没有变慢")), odd)


def _silent(found: Silence) -> Iterator[Line]:
    odd = found.p <= SURE
    told = {"n": found.units, "d": found.days, "k": found.silent, "due": found.due, "p": _p(found.p)}
    said = _("预警送达后的 %(n)d 家，%(d)d 天里 %(k)d 家一起也没有报，按各自风险应有约 %(due).1f 家（p%(p)s）") % told
    yield _line(said + (_("：多于偶然，可能真好了，也可能不报了，请抽查") if odd else _("：没有多于偶然")), odd)


def unit_silent(events: int, due: float, shape: float) -> Iterator[Line]:
    """One unit that had none now: how likely that is at the rate its kind and its own past tell (`due` expected, gamma `shape`)."""
    if events == 0 and due > 0:
        p = float(silence_chance(due, shape))
        said = _("按本单位上年和同类单位推算应有约 %(due).1f 起，一起也没有的可能 %(p).0f%%") % {"due": due, "p": 100 * p}
        yield _line(said + (_("：不大像偶然，可能真好了，也可能不报了") if p <= SURE else _("：偶然也会这样")), p <= SURE)


def leads(n: int) -> Iterator[Line]:
    if n:
        yield _line(_("有 %(n)d 条疑似未申报线索（医院首诊等有记录、没有申报）") % {"n": n}, True) | {"lead": True}


def too_young() -> Line:
    return _line(_("后一段还没有过申报期，看不出有没有少报"))


def _line(said: str, odd: bool = False) -> Line:
    return {"said": said + "。", "odd": odd}


def _p(p: float) -> str:
    return "＜0.001" if p < 0.001 else f"＝{p:.2g}"
