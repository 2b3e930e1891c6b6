"""What the short messages say: plain Chinese, which unit, what to do, until when; never a person's name or number."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wushang.warn.actions import county_circular
from wushang.warn.models import Letter, Warning
from wushang.warn.piece import day


def page_of(warning: Warning) -> str:
    return reverse("warn:warning", args=[warning.pk])


def letter_to_enterprise(letter: Letter, due: date | None) -> dict[str, str]:
    until = _("请在%(day)s前签收。") % {"day": day(due)} if due else _("请签收。")
    text = _("%(issuer)s向您单位发出《%(title)s》（%(number)s），") % _named(letter)
    return {"title": _("您单位有一份《%(title)s》") % _named(letter), "text": text + until}


def letter_to_unit(letter: Letter, enterprise: str) -> dict[str, str]:
    told = {**_named(letter), "unit": enterprise}
    if letter.kind == county_circular.letter:
        return {
            "title": _("《%(title)s》：%(unit)s") % told,
            "text": _("%(issuer)s印发《%(title)s》（%(number)s），请查阅；所在镇（街道、区）和主管部门请督促整改。") % told,
        }
    return {
        "title": _("《%(title)s》已发给%(unit)s") % told,
        "text": _("%(issuer)s已向%(unit)s发出《%(title)s》（%(number)s），请按职责协助送达、督促整改。") % told,
    }


def revocation_to_enterprise(letter: Letter, first: Letter) -> dict[str, str]:
    told = {**_named(letter), "first": first.title, "first_number": first.number}
    return {
        "title": _("《%(first)s》已撤销") % told,
        "text": _("%(issuer)s已撤销发给您单位的《%(first)s》（%(first_number)s），见《%(title)s》（%(number)s）。")
        % told,
    }


def further_to_enterprise(letter: Letter) -> dict[str, str]:
    return {"title": letter.title, "text": _("请查看《%(title)s》（%(number)s）。") % _named(letter)}


def correction(letter: Letter, enterprise: str) -> str:
    told = {**_named(letter), "unit": enterprise}
    return _("%(issuer)s更正了有关%(unit)s的数据，见《%(title)s》（%(number)s）。以前的数字请以更正说明为准。") % told


def withdrawn(letter: Letter | None) -> dict[str, str]:
    told = _named(letter) if letter else {"issuer": "", "title": "", "number": ""}
    return {
        "title": _("《%(title)s》已撤回") % told,
        "text": _("此前关于《%(title)s》（%(number)s）的消息作废，不用办理。") % told,
    }


def injury_to_enterprise(occurred: date, kind: str) -> dict[str, str]:
    told = {"day": day(occurred), "kind": kind or _("类别待定")}
    return {
        "title": _("收到您单位一起工伤事故报告"),
        "text": _("您单位%(day)s发生的工伤事故（%(kind)s）已受理。请排查同类隐患，落实防护措施，防止再次发生。") % told,
    }


def injury_to_unit(occurred: date, kind: str, enterprise: str) -> dict[str, str]:
    told = {"day": day(occurred), "kind": kind or _("类别待定"), "unit": enterprise}
    return {
        "title": _("%(unit)s发生一起工伤事故") % told,
        "text": _("%(unit)s%(day)s发生的工伤事故（%(kind)s）已受理，请按职责督促排查整改。") % told,
    }


def _named(letter: Letter) -> dict[str, Any]:
    return {"issuer": letter.issuer, "title": letter.title, "number": letter.number}
