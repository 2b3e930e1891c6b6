"""Headcounts at month ends and newly hired workers, enterprise by month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wushang.simulate.chance import Stream
from wushang.simulate.enterprises import Enterprises
from wushang.simulate.months import Calendar, dip
from wushang.simulate.trades import TRADES

NEW_MONTHS = 3  # a worker counts as new for three months after hiring


@dataclass
class Workforce:
    """Matrices enterprise × month: all heads at month end, of them hired within three months, over-age workers."""

    heads: np.ndarray
    new: np.ndarray
    over_age: np.ndarray


def draw(stream: Stream, firms: Enterprises, cal: Calendar) -> Workforce:
    """Sizes that drift, dip at 春节 and are hired back; zero before founding, after closing and where not insured."""
    rng = stream("workforce")
    count, months = len(firms), len(cal.first_days)
    drift = rng.normal(0.0008, 0.006, (count, 1)) * np.arange(months)
    noise = np.cumsum(rng.normal(0, 0.012, (count, months)), axis=1)
    depth = 1 - np.array([t.dip for t in TRADES])[firms.trade]
    level = firms.size[:, None] * np.exp(drift + noise) * (1 - depth[:, None] * dip(cal)[None, :])
    month = np.arange(months)[None, :]
    alive = (firms.opened[:, None] <= month) & (month < firms.closed[:, None]) & firms.insured[:, None]
    heads = np.where(alive, np.maximum(2, np.rint(level)), 0).astype(np.int64)
    return Workforce(heads, _new_workers(rng, firms, heads), _over_age(rng, firms, heads))


def _new_workers(rng: np.random.Generator, firms: Enterprises, heads: np.ndarray) -> np.ndarray:
    """Workers of at most three months' standing: growth plus replaced leavers of the last three months."""
    turnover = np.array([t.turnover for t in TRADES])[firms.trade][:, None]
    before = np.concatenate([heads[:, :1], heads[:, :-1]], axis=1)
    hires = np.maximum(heads - before, 0) + rng.binomial(np.minimum(heads, before), turnover)
    stayed = np.zeros_like(hires)
    for age in range(NEW_MONTHS):
        stayed[:, age:] += hires[:, : hires.shape[1] - age]
    return np.minimum(stayed, heads)


def _over_age(rng: np.random.Generator, firms: Enterprises, heads: np.ndarray) -> np.ndarray:
    """Workers past retiring age, insured in a way of their own (超龄); few enterprises have them."""
    has = (rng.random(len(firms)) < 0.08) & ~firms.group("schools")
    return np.where(has[:, None], heads // 25, 0)
