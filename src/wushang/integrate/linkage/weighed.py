"""On one machine: every comparison has its weight, by a model that is learnt from the lists as soon as they are long enough."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from wushang.integrate.linkage import linker, records
from wushang.integrate.linkage.deciding import Found, is_clear
from wushang.integrate.linkage.injury import shape
from wushang.integrate.linkage.waiting import Work
from wushang.integrate.models import LinkModel
from wushang.people.lease import renew
from wushang.pool.models import Disease, InjuryVersion, Visit

LEARN_AT_MOST = 200_000  # of either list, the newest


def compared(work: Work, at: datetime) -> Found:
    """The pairs of one run that are likely enough for a person, with the model in use."""
    return weighed(work, current_model(at, work.until))


def weighed(work: Work, model: LinkModel) -> Found:
    left = linker.table(shape(), records.injuries(work.injured()))
    right = linker.table(shape(), records.told_records(work.rows.values()))
    renew()
    return Found(linker.score(shape(), model.parameters, left, right, settings.WUSHANG_LINK_REVIEW), is_clear, model)


def current_model(at: datetime, until: int) -> LinkModel:
    """The newest; a judged one gives way to a learnt one as soon as the lists are long enough. A learnt one stays until
    somebody has it learnt anew (`wushang link --learn`)."""
    newest = LinkModel.objects.first()
    if newest and (newest.how == "learnt" or not _outgrown(newest, sizes())):
        return newest
    model = fresh(at, until)
    model.save()
    return model


def _outgrown(model: LinkModel, now: tuple[int, int]) -> bool:
    """A judged model: enough to learn from, or twice as many records as it was made for (its prior is too bold then)."""
    return min(now) >= settings.WUSHANG_LINK_LEARN_FROM or max(now) > 2 * model.parameters.get("records", 0)


def sizes() -> tuple[int, int]:
    """How many injuries, and how many reports of persons, are known."""
    return (InjuryVersion.objects.current().count(), Visit.objects.current().count() + Disease.objects.current().count())


def fresh(at: datetime, until: int) -> LinkModel:
    """A new model, not kept yet: learnt where the lists are long enough, else the shipped figures."""
    if min(sizes()) >= settings.WUSHANG_LINK_LEARN_FROM:
        return LinkModel(made=at, commit=until, how="learnt", parameters=_learnt())
    return LinkModel(made=at, commit=until, how="judged", parameters=linker.by_judgement(shape(), *sizes()))


def _learnt() -> dict[str, Any]:
    """Figures from the newest rows of both lists."""
    newest = InjuryVersion.objects.current().exclude(status="withdrawn").order_by("-occurred")[:LEARN_AT_MOST]
    left = linker.table(shape(), records.injuries(newest))
    right = linker.table(shape(), records.newest_told(LEARN_AT_MOST))
    renew()
    return linker.learn(shape(), left, right)
