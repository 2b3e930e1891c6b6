"""ICD-10 codes of injuries (S, T) and of their external causes (V–Y): which block a code belongs to."""

import re

from wushang.terms.codes.code import Code, entries

_WRITTEN = re.compile(r"[A-Z]\d{2}")


def _block(list_name: str, code: str) -> Code | None:
    found = _WRITTEN.match(code.strip().upper())
    if not found:
        return None
    return next((entry for entry in entries(list_name) if entry.code[:3] <= found[0] <= entry.code[4:]), None)


def injury_block(code: str) -> Code | None:
    """“S62.301” in, the block S60-S69 out (extra["part"]: hand); None for what is no injury code."""
    return _block("icd10_injury", code)


def cause_block(code: str) -> Code | None:
    """“W31.2” in, the block W20-W49 out (extra["group"]: mechanical); None for what is no external cause."""
    return _block("icd10_cause", code)
