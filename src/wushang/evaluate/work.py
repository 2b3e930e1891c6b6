"""What the worker does for evaluate: proposes the re-checks whose day has come, each once."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from wushang.evaluate.deeds.propose_recheck import ProposeRecheck
from wushang.evaluate.models import Recheck
from wushang.people.actor import Actor
from wushang.rectify.models import Case
from wushang.terms.problem import Refused

log = logging.getLogger(__name__)


def run(at: datetime) -> dict[str, int]:
    return {"proposed": propose_due(at)}


def propose_due(at: datetime) -> int:
    """Cases whose window and lag are over and which have no proposal that is ripe; a preview does not count."""
    today = timezone.localdate(at)
    proposed = Recheck.objects.filter(state="proposed").exclude(verdict="unripe").values("case")
    due = Case.objects.filter(Q(state="evaluating") | Q(state="extended"), recheck_on__lte=today).exclude(pk__in=proposed)
    return sum(_propose(case, at) for case in list(due.select_related("warning")))


def _propose(case: Case, at: datetime) -> bool:
    try:
        ProposeRecheck(Actor.system(), at, case).do()
    except Refused as refused:
        log.warning("re-check of case %s not proposed: %s", case.pk, refused)
        return False
    return True
