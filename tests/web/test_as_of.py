"""按某日所知 and 数从哪来: what the pages and the machine doors said of an earlier day, and the rows behind a figure.

20 March: three accidents of 恒岳杯业 in 1—2月. On 18 March only the first was known; 张三's claim came later.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from wushang.people.models import AuditEntry
from wushang.pool import known, snapshot
from wushang.pool.models import Commit, EnterpriseVersion, InjuryVersion

pytestmark = pytest.mark.django_db
EARLIER = "2026-03-18"


@pytest.fixture
def later(town):
    """All that was known on 18 March is the first accident; the others were published on 20 March."""
    town.spring()
    first = InjuryVersion.objects.get(injury=town.first).recorded.number
    then = timezone.make_aware(datetime(2026, 3, 18, 9))
    Commit.objects.filter(number__lte=first + 1).update(published=then)
    return town


def test_a_day_is_the_last_commit_published_on_it(later):
    first = InjuryVersion.objects.get(injury=later.first).recorded.number
    assert known.commit_on(date(2026, 3, 18)) == first + 1 and known.commit_on(date(2026, 3, 17)) == 0
    assert not known.known_of({"known_on": "2026-03-20"}, date(2026, 3, 20)).asked


def test_what_is_no_day_is_told_and_now_is_shown(later, visit):
    page = visit("wangli", f"/enterprises/{later.cup}/?known_on=2026-13-40").content.decode()
    assert "“2026-13-40”不是日期" in page and "3 起；上年同期" not in page


def test_the_dossier_of_an_earlier_day_has_its_band_and_a_way_back(later, visit):
    page = visit("wangli", f"/enterprises/{later.cup}/?known_on={EARLIER}").content.decode()
    assert f"按 {EARLIER} 所知" in page and "看现在的数" in page and "1 起；上年同期 0 起" in strip_tags(page)
    assert "权限不能按某日所知" in page
    now = visit("wangli", f"/enterprises/{later.cup}/").content.decode()
    assert "所知</b>" not in now and "2 起；上年同期 1 起" in strip_tags(now)


def test_the_ledger_of_an_earlier_day_counts_what_was_known(later, visit):
    address = "/ledgers/?kind=injuries&from=2026-01-01&to=2026-02-28"
    assert "合计" in visit("wangli", address).content.decode()
    then = visit("wangli", f"{address}&known_on={EARLIER}").context["sheet"]
    assert (len(then.rows), f"按 {EARLIER} 所知" in then.title) == (1, True)
    assert len(visit("wangli", address).context["sheet"].rows) == 5
    other = visit("wangli", f"/ledgers/?kind=warnings&known_on={EARLIER}").content.decode()
    assert "办理情况不能按某日所知" in other


def test_the_meeting_page_of_an_earlier_day_may_not_be_printed(later, visit):
    now = visit("shenzhiyuan", "/meeting/?end=2026-02&span=year").content.decode()
    then = visit("shenzhiyuan", f"/meeting/?end=2026-02&span=year&known_on={EARLIER}").content.decode()
    assert "印发打印" in now and "印发打印" not in then
    assert f"按 {EARLIER} 所知" in then
    known_by_number = visit("shenzhiyuan", f"/meeting/?end=2026-02&span=year&known={snapshot.current().commit - 1}").content.decode()
    assert "号数据版本所知" in known_by_number


def test_reconciling_an_earlier_day_shows_its_figure_and_takes_nothing_in(later, visit):
    page = visit("wangli", f"/reconcile/2026-02/emergency/?known_on={EARLIER}").content.decode()
    assert f"按 {EARLIER} 所知" in page and "按旧数不能登记" in page


def test_access_goes_by_the_present_place_in_an_earlier_version_too(later, visit):
    row = EnterpriseVersion.objects.current().get(enterprise=later.cup)
    before = later.door
    commit = later.land(EnterpriseVersion, {
        "enterprise_id": later.cup, "name": row.name, "plain_name": row.plain_name, "region": "990100002", "industry": "C3382", "size": "small",
    }, replaces=[row.pk])  # fmt: skip
    assert commit > 0 and before
    snapshot.build(later.now + timedelta(minutes=1))
    moved = visit("zhanghaiyan", f"/ledgers/?kind=injuries&from=2026-01-01&to=2026-02-28&known_on={EARLIER}").context["sheet"]
    assert moved.rows == []  # it lies in 石塘镇 now: 东城街道 sees it no more, of no day
    assert visit("zhanghaiyan", f"/enterprises/{later.cup}/?known_on={EARLIER}").status_code == 404


def test_the_machine_door_takes_a_day_or_a_commit_not_both(later, visit):
    told = visit("wangli", f"/api/injuries?enterprise={later.cup}&known_on={EARLIER}").json()
    assert told["count"] == 1
    assert visit("wangli", f"/api/injuries?enterprise={later.cup}").json()["count"] == 5
    both = visit("wangli", f"/api/injuries?known=3&known_on={EARLIER}")
    assert both.status_code == 422 and "只能给一个" in both.json()["why"]
    state = visit("wangli", f"/api/warnings?known_on={EARLIER}")
    assert state.status_code == 422 and "不能按某日所知" in state.json()["why"]


# ---- 数从哪来 ----


def test_two_clicks_lead_from_a_figure_to_the_row_of_the_file(later, visit):
    dossier = visit("wangli", f"/enterprises/{later.cup}/").content.decode()
    listed = f"/integrate/lineage/units/{later.cup}/?what=injuries"
    assert listed in dossier
    page = visit("wangli", f"{listed}&from=2026-01-01&to=2026-12-31").content.decode()
    assert "2 起，3 人次" in page and f"/integrate/lineage/injuries/{later.first}/" in page
    source = visit("wangli", f"/integrate/lineage/injuries/{later.first}/").content.decode()
    assert f"k{later.first}" in source and "人力资源和社会保障局" in source
    assert AuditEntry.objects.filter(verb="pool.lineage", subject=f"injury:{later.first}").exists()


def test_lineage_is_closed_to_another_county_and_to_other_towns(later, visit):
    for address in (f"/integrate/lineage/units/{later.cup}/", f"/integrate/lineage/injuries/{later.first}/"):
        assert visit("linwai", address).status_code == 404
    assert visit("zhanghaiyan", f"/integrate/lineage/units/{later.door}/").status_code == 404


def test_the_machine_door_tells_the_same_list_and_its_rows(later, visit):
    told = visit("wangli", f"/api/pool/lineage/enterprises/{later.cup}?from=2026-01-01&to=2026-12-31").json()
    assert (told["count"], len({item["event"] for item in told["items"]})) == (3, 2)
    injury = visit("wangli", f"/api/pool/lineage/injuries/{later.first}").json()
    assert [row["key"] for row in injury["sources"]] == [f"k{later.first}"] and injury["versions"][0]["status"] == "recognised"
    heads = visit("wangli", f"/api/pool/lineage/enterprises/{later.cup}?what=headcounts&from=2026-01-01&to=2026-02-28").json()
    assert [item["value"] for item in heads["items"]] == [100, 100] and heads["items"][0]["sources"][0]["source"] == "insurance_monthly"
    assert visit("linwai", f"/api/pool/lineage/injuries/{later.first}").status_code == 404
