"""The first day of a real bureau: three years of history and twelve paper cases come in without one letter."""

import csv
from datetime import date, timedelta

import pytest
from django.conf import settings as configured
from django.test import override_settings

from wushang.collect.command import collect_file
from wushang.judge.models import PolicyVersion
from wushang.people.actor import Actor
from wushang.pool.models import EnterpriseVersion, InjuryVersion
from wushang.rectify.models import Case
from wushang.simulate import city as simulated
from wushang.warn.deeds.take_over_paper_cases import TakeOverPaperCases, UndoTakeOver
from wushang.warn.models import Delivery, LetterNumber, PracticeMessage, Push, Warning
from wushang.web import worker
from wushang.web.demo import place, replay
from wushang.web.demo.calendar import SENDERS, Sending, moment

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TODAY = date(2026, 11, 22)
HEADER = ["文号", "单位名称", "统一社会信用代码", "预警等级", "发文日期", "送达日期", "整改期限", "提交日期", "复核通过日期", "办理状态", "办结日期"]


def paper_cases(firms) -> bytes:
    """Six that are overdue, three that wait for their re-check, three that were closed on paper."""
    lines = [",".join(HEADER)]
    for n, firm in enumerate(firms, 1):
        days = ["2026-08-03", "2026-08-05", "2026-09-04"]
        if n <= 6:
            rest = [*days, "", "", "办理中", ""]
        elif n <= 9:
            rest = ["2026-04-01", "2026-04-02", "2026-05-06", "2026-04-28", "2026-05-08", "办理中", ""]
        else:
            rest = [*days, "2026-09-01", "2026-09-10", "已办结", "2026-10-09"]
        lines.append(",".join([f"云人社预[2026]{n}号", firm.name, firm.uscc, "橙色", *rest]))
    return "\n".join(lines).encode()


def history(city) -> list[Sending]:
    """What the bureau has of the last three years: registers, insurance, recognition, hazards, the register first."""
    with (city / "truth" / "files.csv").open(encoding="utf-8") as handle:
        rows = [row for row in csv.DictReader(handle) if row["source"] in SENDERS]
    found = [Sending(city / r["file"], r["source"], SENDERS[r["source"]], moment(date.fromisoformat(r["last"]))) for r in rows]
    return sorted(found, key=lambda one: (one.source != "register", one.at))


@pytest.fixture
def bureau(db, tmp_path):
    """云溪市 on its first day: three years of files collected as history, the rules in force from today."""
    with override_settings(WUSHANG_REGION="990100", WUSHANG_CITY="云溪市"):
        simulated.write(tmp_path / "city", 24, 36, until=TODAY.replace(day=1) - timedelta(days=1))
        files = history(tmp_path / "city")
        place.found(tmp_path / "city", files[0].at)
        at = moment(TODAY, 8)
        for one in files:
            collect_file(one.path, one.source, Actor.system("command"), at, True, one.sender, "历史数据")
        worker.land(at)
        replay.take_force(TODAY)
        worker.settle(at)
        yield at


def test_three_years_and_twelve_paper_cases_send_nothing(bureau):
    at = bureau
    assert configured.WUSHANG_MODE == "demo"
    assert InjuryVersion.objects.current().count() > 20
    known = EnterpriseVersion.objects.current().filter(provisional=False, merged_into=None).exclude(uscc="")
    version = PolicyVersion.objects.get(policy="gaotai-graded-warning", state="in_force")
    brought = TakeOverPaperCases(place.actor("wangli", at), at, paper_cases(known.order_by("pk")[:12]), "旧台账.csv", version).do()
    assert (brought.taken, brought.refused) == (12, [])
    for day in range(4):
        worker.settle(at + timedelta(days=day))
    assert not Delivery.objects.exists() and not PracticeMessage.objects.exists() and not Push.objects.exists()
    assert not LetterNumber.objects.filter(source="own").exists()
    assert Warning.objects.filter(paper=None).count() == 0  # history drafts nothing
    assert Case.objects.filter(state="overdue").count() == 6
    assert Case.objects.filter(state="closed_ok").count() == 3
    assert Case.objects.filter(state="evaluating", recheck_on__lte=TODAY).count() == 3
    UndoTakeOver(place.actor("wangli", at), at, brought, "演练").do()
    worker.settle(at + timedelta(days=5))
    assert not Case.objects.exclude(state="dropped").exists()
