"""What a letter needs before it is signed: an issuer, the rule's 期限 as they are now, every field filled."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wushang.people.deed import refuse
from wushang.warn import compose, issuing, wording
from wushang.warn.models import Letter, Warning

SHORTEST = 5  # digits of a telephone: 12333


def made_whole(warning: Warning, letter: Letter | None, remedy: Any) -> None:
    """Fill in what the platform itself knows, and refuse with what a person still has to write."""
    if letter is None:
        raise refuse("no_letter", _("本件没有文书。"), _("请先起草文书。"))
    if letter.bureau is None:
        letter.bureau = issuing.bureau(warning.finding)  # entered in the list since
    if letter.bureau is None:
        why = _("规则规定由%(kind)s发文，本地的部门名录里没有。") % {"kind": issuing.lacks(warning.finding)}
        raise refuse("no_issuer", why, _("请系统管理员先登记该部门。"))
    letter.issuer = letter.bureau.name
    letter.values |= compose.terms(warning, letter.kind)
    must_be_filled(letter, remedy)


def must_be_filled(letter: Letter, remedy: Any) -> None:
    """Every field that the letter needs, and a telephone that can be called: the unit asks its questions there."""
    asked = wording.letter(letter.kind)
    if missing := asked.missing(letter.values):
        names = "、".join(f.label for f in missing)
        raise refuse("missing", _("文书还有 %(n)d 项没有填：%(names)s。") % {"n": len(missing), "names": names}, remedy)
    phone = str(letter.values.get("contact_phone", ""))
    if "contact_phone" in asked.fields and sum(map(str.isdigit, phone)) < SHORTEST:
        why = _("联系电话“%(phone)s”打不通。") % {"phone": phone}
        raise refuse("phone", why, _("请填单位打得通的号码，例如 0990-6123456 或 12333。"), column=str(_("联系电话")), value=phone)
