"""Chance: one independent stream of random numbers a name, so that one part may change and leave the others alone."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np

Stream = Callable[[str], np.random.Generator]


def streams(seed: int) -> Stream:
    """A seed in; out a function name -> generator. The same seed and name give the same numbers."""

    def stream(name: str) -> np.random.Generator:
        return np.random.default_rng([seed, zlib.crc32(name.encode())])

    return stream


def pick(rng: np.random.Generator, words: list[str], size: int, weights: list[float] | None = None) -> np.ndarray:
    """Draw `size` words, by weight where weights are given."""
    share = None if weights is None else np.asarray(weights, float) / np.sum(weights)
    return np.asarray(words, dtype=object)[rng.choice(len(words), size=size, p=share)]
