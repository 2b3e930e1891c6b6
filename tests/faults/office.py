"""The place of the fault tests: a small simulated city, its files in waves, and the people who act between the rounds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.deeds.withdraw_batch import WithdrawBatch
from wushang.collect.models import Batch
from wushang.people import load
from wushang.people.models import Department
from wushang.pool.models import Contact, EnterpriseVersion
from wushang.simulate import city
from wushang.warn import tell
from wushang.warn.deeds.register_delivery import RegisterDelivery
from wushang.warn.models import Delivery, Warning
from wushang.warn.outbox import BY_HAND
from wushang.web.demo import office as demo
from wushang.web.demo import place, replay
from wushang.web.demo.calendar import Sending, sendings

UNTIL = date(2026, 8, 31)


@dataclass(frozen=True)
class Wave:
    """Files that come on one day; `withdraws` names a file of an earlier wave that is taken back first."""

    at: datetime
    files: list[Sending]
    historical: bool
    first: bool = False
    withdraws: str = ""
    city: Path = field(default_factory=Path)


def write_city(folder: Path, enterprises: int, months: int, seed: int = 5) -> None:
    city.write(folder, enterprises, months, seed, UNTIL)


def settle_in(home: Path) -> None:
    """This process's folders, and nothing held back in the outbox."""
    settings.WUSHANG_HOME = home
    settings.WUSHANG_FILES = settings.MEDIA_ROOT = home / "files"
    settings.WUSHANG_SNAPSHOT = home / "snapshot"
    settings.WUSHANG_PUSH_HOLD_MINUTES = 0
    settings.WUSHANG_REGION, settings.WUSHANG_CITY = "990100", "云溪市"


def waves(folder: Path, months: int) -> list[Wave]:
    """One wave a month; the first month is history. In the middle the insurance file of the wave before is taken back,
    and comes again with the next wave."""
    grouped = [list(files) for _, files in groupby(sendings(folder), key=lambda one: (one.at.year, one.at.month))]
    found, middle = [], len(grouped) // 2
    for number, files in enumerate(grouped):
        earlier = next(f for f in grouped[middle - 1] if f.source == "insurance_monthly")
        if number == middle + 1:
            files = [earlier, *files]
        withdraws = earlier.path.name if number == middle else ""
        at = max(f.at for f in files)
        found.append(Wave(at, files, historical=number == 0, first=number == 0, withdraws=withdraws, city=folder))
    return found


def bring(wave: Wave) -> None:
    """The departments send their files; before the first wave the office moves in, after history its rules take force."""
    if wave.first:
        place.found(wave.city, wave.at)
    elif not Batch.objects.filter(historical=False).exists():
        start = timezone.localdate(wave.at).replace(day=1) - timedelta(days=62)
        bring_contacts(wave.city, wave.at)
        replay.take_force(start)
    clerk = place.actor("wangli", wave.at)
    if wave.withdraws:
        wrong = Batch.objects.filter(file_name=wave.withdraws, state=Batch.LANDED).get()
        WithdrawBatch(clerk, wave.at, wrong, "报错了月份").do()
    for one in wave.files:
        sender = Department.objects.get(code=one.sender)
        ReceiveFile(clerk, wave.at, one.path.read_bytes(), one.path.name, sender, one.source, None, wave.historical).do()


def bring_contacts(city: Path, at: datetime) -> None:
    """Each unit's head with a telephone, so that messages go outside (into the practice box)."""
    known = dict(EnterpriseVersion.objects.current().values_list("uscc", "enterprise_id"))
    rows = [row for row in load.read_csv(city / "contacts.csv") if row["uscc"] in known]
    Contact.objects.bulk_create(
        Contact(enterprise_id=known[row["uscc"]], role="head", name=row["name"], phone=row["phone"], source="试", added=at)
        for row in rows
    )


def notices(at: datetime, many: int) -> None:
    """A heap of messages that wait to be sent."""
    for number in range(many):
        tell.department(at, Department.objects.get(code="990100-hrss"), purpose="notice", title=f"第{number}条", text="文")


def clerk(at: datetime) -> int:
    """王丽 confirms what was checked: all of it or nothing, so that the order of landing does not hang on the kill."""
    if Batch.objects.filter(state__in=(Batch.RECEIVED, Batch.READ)).exists():
        return 0
    with transaction.atomic():
        waiting = list(Batch.objects.filter(state=Batch.CHECKED).order_by("pk"))
        for batch in waiting:
            ConfirmBatch(place.actor("wangli", at), at, batch, "已与报送单位核对").do()
    return len(waiting)


def _hand_over(warning: Warning, at: datetime) -> RegisterDelivery:
    return RegisterDelivery(place.actor("wangli", at), at, warning, "mobile", timezone.localdate(at), person="单位经办人")


STEPS = demo.STEPS | {"issued": _hand_over}


def office(at: datetime) -> int:
    """Every open warning moves one step: filled, submitted, reviewed, signed, numbered, issued, handed over; handed over when
    its messages are out, else it hangs on the worker's pace which of them still go."""
    sent = Delivery.objects.filter(state="waiting", purpose="letter").exclude(channel=BY_HAND).values("warning")
    waiting = list(Warning.objects.filter(state__in=STEPS).exclude(state="issued", pk__in=sent).order_by("pk"))
    for warning in waiting:
        STEPS[warning.state](warning, at).do()
    return len(waiting)


