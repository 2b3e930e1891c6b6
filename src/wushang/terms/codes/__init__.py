"""Dated code lists: `codes.find("accident_kind", "机械伤害", on)`. Each csv file of this folder is one list.

Columns: code, name, parent, valid_from, valid_to (both days included, empty: still valid), source, checked (the day
somebody last compared it), where needed aliases (by |) and the list's own columns, found in Code.extra.
"""

from wushang.terms.codes.accident import grade_of, needs_person, recode, severity_rank, successors
from wushang.terms.codes.ages import age_band
from wushang.terms.codes.code import Code, names, normal
from wushang.terms.codes.icd10 import cause_block, injury_block
from wushang.terms.codes.industry import base_rate, risk_class, sector
from wushang.terms.codes.lookup import all, find, get, name, problem
from wushang.terms.codes.phrases import kind_in, presumed
from wushang.terms.codes.situation import is_production

__all__ = [
    "Code",
    "age_band",
    "all",
    "base_rate",
    "cause_block",
    "find",
    "get",
    "grade_of",
    "injury_block",
    "is_production",
    "kind_in",
    "name",
    "names",
    "needs_person",
    "normal",
    "presumed",
    "problem",
    "recode",
    "risk_class",
    "sector",
    "severity_rank",
    "successors",
]
