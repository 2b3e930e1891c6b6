"""What happened: kind of accident, situation of recognition, severity, grade, part of the body, nature of the injury."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from wushang.analyse.dimensions import Dimension
from wushang.terms import codes

EDITION_2025 = date(2026, 7, 1)  # GB 6441-2025 in force


def _plain(name: str):
    return lambda rows: rows[name].fill_null("")


def _kind(rows):
    """The kind in the classification in force since 2026-07-01 (GB 6441-2025): an old code with one sure successor counts under it."""
    old = {entry.code: newer.code for entry in codes.all("accident_kind") if (newer := codes.recode(entry.code, EDITION_2025))}
    return rows.kind.fill_null("").substitute({code: newer for code, newer in old.items() if code != newer})


def _grade(rows):
    return rows.grade.cast("string").fill_null("")


def _coded(code: str, title, title_en: str, listed: str, in_order: bool = False, **more) -> Dimension:
    return Dimension(code, title, title_en, _plain(code), lambda key: codes.name(listed, key), in_order=in_order, **more)


def _grade_name(key: str) -> str:
    return str(_("未达级")) if key == "0" else codes.name("grade", key)


DIMENSIONS = (
    Dimension("kind", _("事故类别"), "Kind of accident", _kind, lambda key: codes.name("accident_kind", key)),
    _coded("situation", _("认定情形"), "Situation", "situation"),
    _coded("severity", _("伤害程度"), "Severity", "severity", in_order=True, ranks=("minor", "serious", "fatal")),
    Dimension("grade", _("伤残等级"), "Disability grade", _grade, _grade_name, in_order=True, close=("grade",)),
    Dimension("part", _("伤害部位"), "Part of the body", _plain("part"), str, close=("part",)),
    Dimension("nature", _("伤害性质"), "Nature of injury", _plain("nature"), str, close=("nature",)),
)
