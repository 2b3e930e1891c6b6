"""The digest of a row: equal rows are known again by it, and without the key it tells nothing of its row.

The first 32 hexadecimal digits of SHA-256 over the key's own SHA-256 (64 hexadecimal digits, one block) and the row's text.
"""

from __future__ import annotations

import hashlib

import polars as pl


def digests(texts: pl.Series, secret: bytes) -> pl.Series:
    """Texts of rows → their digests."""
    keyed = hashlib.sha256(hashlib.sha256(secret).hexdigest().encode())
    return pl.Series("digest", [_digest(keyed.copy(), text) for text in texts.to_list()], dtype=pl.String)


def _digest(keyed, text: str) -> str:
    keyed.update(text.encode())
    return keyed.hexdigest()[:32]
