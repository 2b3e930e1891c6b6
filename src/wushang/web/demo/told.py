"""Accidents that units told by telephone: 王丽 takes them down, for units that nobody has warned."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from wushang.collect.deeds.enter_injury import EnterInjury
from wushang.collect.ways.hand import Entry
from wushang.people.models import Department
from wushang.pool import contacts
from wushang.pool.models import EnterpriseVersion, InjuryVersion
from wushang.warn.models import Warning
from wushang.web.demo.place import HANDS, actor
from wushang.web.demo.plan import OUR_TOWN, Plan, Story

WORKERS = ("赵小军", "钱玉兰", "孙建新")
STORIES_TOLD = ("换模时手指被压伤", "搬运时砸伤脚背", "从梯子上滑下扭伤")
PARTS = ("手指", "足部", "踝部")


def take_down(plan: Plan, at: datetime) -> int:
    """The accidents of the stories that begin today; returns how many."""
    return sum(_begin(plan, story, at) for story in plan.told_on(at))


def _begin(plan: Plan, story: Story, at: datetime) -> int:
    unit = _unit(plan, story)
    if unit is None:
        return 0
    plan.parts[unit.enterprise_id] = story
    for number in range(story.accidents):
        _enter(unit, number, at)
    return story.accidents


def _unit(plan: Plan, story: Story) -> EnterpriseVersion | None:
    """A unit with a head one can call and a bureau over it: of the wanted town, and without accidents if there is one."""
    free = EnterpriseVersion.objects.current().filter(merged_into=None, state="active", provisional=False).exclude(uscc="")
    free = free.filter(regulator__in=Department.objects.filter(kind__in=("industry", *HANDS)).values("code"))
    free = free.exclude(enterprise__in=plan.parts).exclude(enterprise__in=Warning.objects.values("enterprise"))
    hurt = set(InjuryVersion.objects.current().values_list("employer", flat=True))
    rank = {size: place for place, size in enumerate(("micro", "small", "medium"))}  # the small ones stay quiet longest
    wanted = sorted(free, key=lambda unit: (
        _misplaced(unit, story), unit.enterprise_id in hurt, rank.get(unit.size, len(rank)), unit.pk,
    ))  # fmt: skip
    held = contacts.of(unit.enterprise_id for unit in wanted)
    return next((unit for unit in wanted if any(c.role == "head" for c in contacts.usable(held[unit.enterprise_id]))), None)


def _misplaced(unit: EnterpriseVersion, story: Story) -> bool:
    """Whether the story wants another town, or other stories want this one."""
    ours = unit.region.startswith(OUR_TOWN)
    return not ours if story.town else ours


def _enter(unit: EnterpriseVersion, number: int, at: datetime) -> None:
    """Each accident on another day, the last one today."""
    entry = Entry(
        unit.name, WORKERS[number], timezone.localdate(at) - timedelta(days=number), 8, uscc=unit.uscc, part=PARTS[number],
        severity="轻伤", story=STORIES_TOLD[number],
    )  # fmt: skip
    bureau = Department.objects.get(code="990100-hrss")
    EnterInjury(actor("wangli", at), at, entry, bureau, unit, f"{unit.enterprise_id}-{number}").do()
