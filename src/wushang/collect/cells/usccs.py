"""A whole column of unified social credit codes checked at once, so that only what may be wrong is looked at one by one."""

from __future__ import annotations

import numpy as np
import polars as pl

from wushang.terms.identifiers import USCC_ALPHABET

SHAPE = r"^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$"
WHOLE = np.array([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1], dtype=np.int32)  # mod 31
ORGANISATION = np.array([3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int32)  # mod 11, of characters 9 to 16
OF_WHOLE = np.zeros(128, dtype=np.int32)
OF_ORGANISATION = np.zeros(128, dtype=np.int32)
for _value, _letter in enumerate(USCC_ALPHABET):
    OF_WHOLE[ord(_letter)] = _value
    OF_ORGANISATION[ord(_letter)] = int(_letter, 36)
CHECKS = np.frombuffer(b"0123456789X0", dtype=np.uint8)


def surely_right(text: pl.Series) -> pl.Series:
    """Where a text has the shape of a code and both its check characters are right."""
    shaped = text.str.contains(SHAPE).fill_null(False)
    signs = np.frombuffer((text.filter(shaped).str.join("")[0] or "").encode(), dtype=np.uint8).reshape(-1, 18)
    whole = (OF_WHOLE[signs] @ WHOLE) % 31 == 0
    rest = (OF_ORGANISATION[signs[:, 8:16]] @ ORGANISATION) % 11
    return shaped.scatter(shaped.arg_true(), pl.Series(whole & (CHECKS[11 - rest] == signs[:, 16])))
