"""Scores counted by hand: every score has its denominator, and opens what lowered it."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from wushang.analyse.quality import for_month, scored
from wushang.analyse.quality.delivered import formed, needed, parts_of, summed
from wushang.analyse.quality.scores import Part, Reason, dimension_of, together, total
from wushang.collect import checks
from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.deeds.withdraw_batch import WithdrawBatch
from wushang.collect.models import Batch
from wushang.collect.source import shipped
from wushang.people.models import Department, User
from wushang.people.scope import Scope
from wushang.terms.period import Period

MONTHS = [*(f"2025-{n:02}" for n in range(3, 13)), "2026-01"]
HEADER = "所属期,单位编号,单位名称,统一社会信用代码,参保人数,工资总额（元）"
ROWS = [
    "202602,1,甲公司,,58,312400",
    "202602,2,乙公司,9144030019220382I6,23,120000",  # a code that breaks its form
    "202602,3,,,12,60000",  # its name is blank
    "202601,4,丁公司,,9,45000",  # another month
    "202602,1,甲公司,,58,312400",  # the first row again
    "合计,,,,999,",  # does not add up
]


@pytest.fixture
def delivered(people):
    def run(rows=ROWS, day="2026-03-12", name="参保缴费202602.csv") -> Batch:
        at = datetime.fromisoformat(f"{day}T02:00:00+00:00")
        sender = Department.objects.get(code="990100-agency")
        batch = ReceiveFile(people.wangli.actor, at, "\n".join([HEADER, *rows]).encode(), name, sender).do()
        assert check(batch, at)
        batch.refresh_from_db()
        return batch

    return run


def lost(part: Part) -> dict:
    return {reason.code: reason.lost for reason in part.reasons}


@pytest.mark.django_db
def test_each_score_of_a_small_file_is_what_a_hand_counts(delivered):
    parts = parts_of(delivered())
    source = shipped()["insurance_monthly"]
    assert needed(source) == 4  # 所属期, 单位编号, 单位名称, 参保人数
    assert (parts["completeness"].of, lost(parts["completeness"])) == (5 * 4, {"required": 1})
    assert parts["completeness"].score == 95.0
    assert formed(source, {"places": {"name": 0, "uscc": 1, "insured": 2}}) == 2  # a name has no form
    assert (parts["validity"].of, lost(parts["validity"])) == (5 * 5, {"uscc": 1})
    assert parts["validity"].score == 96.0
    assert (parts["consistency"].of, lost(parts["consistency"])) == (5 + 1, {"period": 1, "footer": 1})
    assert parts["consistency"].score == 66.6  # 4 of 6, cut and not rounded up
    assert (parts["uniqueness"].of, lost(parts["uniqueness"]), parts["uniqueness"].score) == (5, {"repeated": 1}, 80.0)


@pytest.mark.django_db
def test_mending_afterwards_does_not_make_the_file_better_than_it_came(delivered, people, now):
    from wushang.collect.deeds.mend_row import MendRow

    batch = delivered()
    before = parts_of(batch)["validity"].score
    MendRow(people.wangli.actor, now, batch.quarantined.get(row=3), {"uscc": "914403001922038216"}).do()
    batch.refresh_from_db()
    assert parts_of(batch)["validity"].score == before


@pytest.mark.django_db
def test_the_newest_delivery_of_a_month_counts_and_the_first_says_whether_it_was_in_time(delivered):
    delivered(day="2026-03-12")
    delivered(rows=ROWS[:1], day="2026-03-19", name="再报.csv")
    (one,) = for_month(Scope.system(), date(2026, 2, 1), date(2026, 3, 20))
    assert (one.parts["uniqueness"].score, one.parts["timeliness"].score, one.total) == (100.0, 100.0, 100.0)


@pytest.mark.django_db
def test_late_and_missing_months_lower_timeliness_alone(delivered):
    delivered(day="2026-03-18")
    found = scored(Scope.system(), Period(date(2026, 2, 1), date(2026, 3, 31)), date(2026, 4, 20))
    parts = summed(found)
    assert (parts["timeliness"].of, lost(parts["timeliness"]), parts["timeliness"].score) == (2, {"late": 1, "missing": 1}, 0.0)
    assert parts["validity"].score == 96.0


def test_together_adds_numerators_and_denominators_and_never_averages():
    small, large = Part(10, (Reason("uscc", "a", "", "", 10),)), Part(990)
    assert together([small, large]).score == 99.0
    assert total({"a": Part(10), "b": small, "c": Part()}) == 50.0
    assert total({}) is None


def test_a_hundred_means_that_nothing_at_all_was_lost():
    assert Part(1_000_000, (Reason("uscc", "a", "", "", 1),)).score == 99.9
    assert Part(5, (Reason("uscc", "a", "", "", 9),)).score == 0.0  # never below nothing


def test_every_check_lowers_one_of_the_scores():
    found = {check.code: dimension_of(check.code) for check in checks.every()}
    assert (found["required"], found["date_order"], found["duplicate_key"], found["uscc"]) == (
        "completeness", "consistency", "uniqueness", "validity",
    )  # fmt: skip


@pytest.fixture
def clerk(client, people, monkeypatch):
    at = datetime(2026, 3, 20, 1, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: at)
    User.objects.update(password_set=at)
    client.force_login(people.wangli)
    return client


@pytest.mark.django_db
def test_the_page_the_workbook_and_the_list_behind_a_score_agree(clerk, delivered):
    import io

    batch = delivered()
    page = clerk.get(reverse("analyse:quality")).content.decode()
    assert "66.6" in page and "经办中心" in page
    answer = clerk.get(reverse("analyse:quality_sheet"))
    lines = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert lines[3][:8] == ["经办中心", "参保缴费", 95.0, 1, 20, 96.0, 1, 25]
    page = clerk.get(reverse("analyse:quality_lowered", args=["990100-agency", "insurance_monthly"])).content.decode()
    assert "统一社会信用代码校验不通过 1" in page and "整行重复 1" in page and "合计与各行相加不符 1" in page
    assert f"/collect/{batch.pk}/?kind=uscc.uscc#waiting" in page


@pytest.mark.django_db
def test_another_county_sees_none_of_it(client, delivered, people):
    delivered()
    User.objects.update(password_set=timezone.now())
    client.force_login(people.linwai)
    assert "经办中心" not in client.get(reverse("analyse:quality")).content.decode()
    url = reverse("analyse:quality_lowered", args=["990100-agency", "insurance_monthly"])
    assert client.get(url).status_code == 404


@pytest.mark.django_db
def test_as_known_on_a_day_what_came_later_is_not_yet_there_and_what_was_taken_back_later_still_is(delivered, people):
    """Bad rows on 12 March, good ones on 19 March, the first taken back on 20 March."""
    first = delivered(day="2026-03-12")
    delivered(rows=ROWS[:1], day="2026-03-19", name="再报.csv")
    WithdrawBatch(people.wangli.actor, datetime(2026, 3, 20, 2, tzinfo=UTC), first, "报错了").do()
    period = Period(date(2026, 2, 1), date(2026, 2, 28))

    def known(day: int) -> tuple:
        (one,) = scored(Scope.system(), period, date(2026, 3, day))
        return one.batch and one.batch.pk, one.parts["uniqueness"].score if one.batch else None

    assert not scored(Scope.system(), period, date(2026, 3, 11))
    assert known(13) == (first.pk, 80.0)
    assert known(19) == known(20) == (first.pk + 1, 100.0)


@pytest.mark.django_db
def test_the_page_and_its_links_keep_the_day_that_is_asked(clerk, delivered):
    delivered(day="2026-03-12")
    page = clerk.get(reverse("analyse:quality"), {"known_on": "2026-03-11"}).content.decode()
    assert "按 2026-03-11 所知" in page and "经办中心" not in page
    page = clerk.get(reverse("analyse:quality"), {"known_on": "2026-03-13"}).content.decode()
    assert "66.6" in page and "&amp;known_on=2026-03-13" in page
    lowered = clerk.get(reverse("analyse:quality_lowered", args=["990100-agency", "insurance_monthly"]), {"known_on": "2026-03-13"})
    assert "按 2026-03-13 所知" in lowered.content.decode()


@pytest.mark.django_db
def test_the_bulletin_reads_a_months_scores_by_the_machine_door(clerk, delivered):
    batch = delivered()
    (said,) = clerk.get("/api/data-quality").json()  # without a word: of last month
    assert said == clerk.get("/api/data-quality", {"month": "2026-02"}).json()[0]
    assert (said["sender"], said["source"], said["month"], said["batch"]) == ("990100-agency", "insurance_monthly", "2026-02-01", batch.pk)
    scores = {one["dimension"]: one for one in said["scores"]}
    assert {name: one["score"] for name, one in scores.items()} == {
        "completeness": 95.0, "validity": 96.0, "consistency": 66.6, "uniqueness": 80.0, "timeliness": 100.0,
    }  # fmt: skip
    assert scores["validity"]["reasons"] == [
        {"code": "uscc", "title": "统一社会信用代码校验不通过", "column": "统一社会信用代码", "lost": 1},
    ]  # fmt: skip
    assert said["trend"][:11] == [{"month": f"{m}-01", "total": None} for m in MONTHS] and said["trend"][11]["total"] == said["total"]
    assert clerk.get("/api/data-quality", {"month": "2026-02", "known_on": "2026-03-11"}).json() == []
    assert clerk.get("/api/data-quality", {"month": "2026-02", "known_on": "2026-03-11", "known": 1}).status_code == 422
    assert clerk.get("/api/data-quality", {"month": "26-2"}).status_code == 422


@pytest.mark.django_db
def test_the_bulletin_reads_the_same_by_a_command(clerk, delivered, capsys):
    delivered()
    call_command("quality", "--month", "2026-02", "--json")
    assert json.loads(capsys.readouterr().out) == clerk.get("/api/data-quality", {"month": "2026-02"}).json()
    call_command("quality", "--month", "2026-02")
    assert capsys.readouterr().out.startswith("经办中心 参保缴费  87.5  (完整性 95.0  有效性 96.0")
    call_command("quality", "--month", "2026-02", "--known-on", "2026-03-11", "--json")
    assert json.loads(capsys.readouterr().out) == []
    with pytest.raises(CommandError, match="write 2026-03"):
        call_command("quality", "--month", "2026-13")


@pytest.mark.django_db
def test_another_county_is_told_nothing_by_the_machine_door(client, delivered, people):
    delivered()
    User.objects.update(password_set=timezone.now())
    client.force_login(people.linwai)
    assert client.get("/api/data-quality", {"month": "2026-02"}).json() == []


@pytest.mark.django_db
def test_nobody_asks_without_signing_in_nor_of_a_version_before_the_first(client, clerk, delivered):
    delivered()
    assert clerk.get("/api/data-quality", {"month": "2026-02", "known": 0}).status_code == 200
    client.logout()
    assert client.get("/api/data-quality").status_code == 401
