"""评估 in the strip of the 预警件 page (环节条): signed by whom, or computed and waiting for a signature."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.evaluate.models import Recheck
from wushang.rectify.words import said_day
from wushang.warn.models import Warning


def reached(warning: Warning) -> dict[str, dict[str, str]]:
    """The stage `evaluate` once a re-check has been computed; before that the case tells of it."""
    newest = Recheck.objects.filter(case__warning=warning).exclude(state="replaced").select_related("signer").first()
    if newest is None:
        return {}
    if newest.state == "signed" and newest.decision == "close":
        day = said_day(timezone.localdate(newest.signed)) if newest.signed else ""
        return {"evaluate": {"state": "done", "when": day, "who": newest.signer.name if newest.signer else ""}}
    if newest.state == "signed":  # 挂牌督办 or 延期: it goes on
        return {"evaluate": {"state": "now", "when": str(newest.decision_title), "who": newest.signer.name if newest.signer else ""}}
    if newest.verdict == "unripe":
        return {}
    return {"evaluate": {"state": "now", "when": _("待签发"), "who": ""}}
