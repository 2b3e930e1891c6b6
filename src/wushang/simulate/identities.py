"""Numbers of the invented city: credit codes (USCC), ID numbers, telephones; right check digits, no real place.

Region 990100 stands in no list (GB/T 2260 ends before 99). Every credit code holds YX (云溪) where the organisation
code begins; every telephone begins with 100, which no carrier gives out.
"""

from __future__ import annotations

import numpy as np

REGION = "990100"
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def org_code(number: int) -> str:
    """Nine characters of GB 11714: YX, six digits, check character (11 - sum mod 11; 10 is X, 11 is 0)."""
    body = f"YX{number:06d}"
    total = sum(int(c, 36) * w for c, w in zip(body, ORG_WEIGHTS, strict=True))
    return body + "0123456789X0"[11 - total % 11]


def uscc(number: int, kind: str = "91") -> str:
    """Eighteen characters of GB 32100-2015 for the enterprise with this number."""
    body = kind + REGION + org_code(number)
    total = sum(USCC_ALPHABET.index(c) * w for c, w in zip(body, USCC_WEIGHTS, strict=True))
    return body + USCC_ALPHABET[(31 - total % 31) % 31]


def id_numbers(born: np.ndarray, female: np.ndarray, serial: np.ndarray) -> np.ndarray:
    """ID numbers of GB 11643-1999 for dates of birth (datetime64[D]); even order numbers are women."""
    sequence = (serial % 499) * 2 + 1 + female.astype(int)
    days = np.char.replace(np.datetime_as_string(born), "-", "")
    body = [f"{REGION}{d}{s:03d}" for d, s in zip(days, sequence, strict=True)]
    digits = np.array([list(b) for b in body], dtype=int).reshape(-1, 17)
    check = np.array(list("10X98765432"))[(digits * ID_WEIGHTS).sum(axis=1) % 11]
    return np.array([b + c for b, c in zip(body, check, strict=True)], dtype=object)


def telephones(rng: np.random.Generator, size: int) -> np.ndarray:
    """Eleven digits that begin with 100: nobody can be called by mistake."""
    return np.array([f"100{n:08d}" for n in rng.integers(0, 10**8, size)], dtype=object)
