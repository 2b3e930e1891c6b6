"""{% load judge %}: what a version of a rule is on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template

from wushang.judge.models import STATES, PolicyVersion

register = template.Library()


@register.filter
def state_on(version: PolicyVersion, day: date) -> str:
    """in_force, scheduled, ended …"""
    return version.state_on(day)


@register.filter
def state_said(version: PolicyVersion, day: date) -> Any:
    """现行, 已定日期，未施行, 已停止 …"""
    return STATES[version.state_on(day)]
