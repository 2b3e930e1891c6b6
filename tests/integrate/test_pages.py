import re
from datetime import date, timedelta

import pytest
from deliveries import CUP, DOOR, claim, insured, register
from django.test import Client
from django.utils import timezone

from wushang.integrate import pairs
from wushang.integrate.deeds.merge_enterprises import MergeEnterprises, UndoMerge
from wushang.integrate.models import Candidate
from wushang.people.deed import NotAllowed
from wushang.people.models import User
from wushang.pool import landing
from wushang.pool.models import Commit, EnterpriseVersion, Headcount

pytestmark = pytest.mark.django_db(transaction=True)
NEAR = "云溪市恒悦杯业有限公司"


@pytest.fixture
def enter(people):
    def _enter(username):
        User.objects.update(password_set=timezone.now())
        browser = Client()
        browser.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return _enter


@pytest.fixture
def pair(send):
    """恒岳 in the register with 58 and 57 insured; 恒悦 unknown, with 60 insured and one injury."""
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司", insurance_number="7"))
    send("Headcount", insured("7", 1, 58, uscc=CUP), insured("7", 2, 57, uscc=CUP))
    send("Headcount", insured("9", 3, 60, name=NEAR))
    send("Report", claim("1号", uscc="", employer_name=NEAR))
    return Candidate.objects.get()


def test_the_queue_shows_the_pair_with_its_reason(pair, enter):
    page = enter("wangli").get("/integrate/pairs/").content.decode()
    assert "名称相近" in page
    assert re.search(r'恒<b class="differs">悦</b>杯业', page) and re.search(r'恒<b class="differs">岳</b>杯业', page)


def test_who_may_not_sees_nothing(pair, enter):
    assert Client().get("/integrate/pairs/").status_code == 302
    assert enter("zhanghaiyan").get("/integrate/pairs/").status_code == 403
    outside = enter("linwai")
    assert "没有要核对的单位" in outside.get("/integrate/pairs/").content.decode()
    for address in (f"/integrate/pairs/{pair.pk}/", f"/integrate/merges/{pair.commit_id}/"):
        assert outside.get(address).status_code == 404
    assert outside.post(f"/integrate/pairs/{pair.pk}/same/", {"reason": "同一家"}).status_code == 404


def test_a_pair_of_an_unpublished_landing_is_not_shown(pair, people, enter, now):
    hidden = landing.start("landing", "半路", people.wangli.actor, now)
    Candidate.objects.filter(pk=pair.pk).update(commit=hidden)
    assert enter("wangli").get(f"/integrate/pairs/{pair.pk}/").status_code == 404
    assert not pairs.open_pairs(people.wangli.actor.scope).exists()


def test_two_sides_with_headcounts_and_injuries_counted_by_hand(pair, people):
    versions = pairs.by_enterprise([pair.left_id, pair.right_id])
    left, right = pairs.sides(versions[pair.left_id], versions[pair.right_id], date(2026, 3, 20))
    assert (left.version.name, right.version.name) == (NEAR, "云溪市恒岳杯业有限公司")
    assert pairs.months(left, right) == [
        (date(2026, 1, 1), None, 58), (date(2026, 2, 1), None, 57), (date(2026, 3, 1), 60, None)
    ]  # fmt: skip
    assert (left.events, left.persons, right.events) == (1, 1, 0)
    assert left.sources == ["参保缴费", "工伤认定"]
    said = {line.label: (line.left, line.right, line.same) for line in pairs.compared(left, right)}
    assert said["统一社会信用代码"] == ("", CUP, None)
    assert said["参保单位编号"] == ("9", "7", False)
    assert said["镇（街道、区）"] == ("云溪市", "东城街道", None), "the county alone does not contradict the town"


def test_the_page_shows_both_sides_and_what_can_be_decided(pair, enter):
    page = enter("wangli").get(f"/integrate/pairs/{pair.pk}/").content.decode()
    assert "是同一单位，归并" in page and "2026年3月" in page and CUP in page


def test_deciding_same_merges_into_the_kept_one_and_tells_what_happened(pair, enter):
    sent = {"keep": pair.right_id, "reason": "同一地址，已电话核实"}
    page = enter("wangli").post(f"/integrate/pairs/{pair.pk}/same/", sent, follow=True).content.decode()
    assert f"已归并：{NEAR} → 云溪市恒岳杯业有限公司" in page
    assert set(Headcount.objects.current().values_list("enterprise", flat=True)) == {pair.right_id}
    assert "没有要核对的单位" in page


def test_the_other_side_can_be_the_one_that_is_kept(pair, enter):
    enter("wangli").post(f"/integrate/pairs/{pair.pk}/same/", {"keep": pair.left_id, "reason": "更名"})
    assert EnterpriseVersion.objects.current().get(enterprise=pair.right).merged_into == pair.left


def test_without_a_reason_nothing_is_decided(pair, enter):
    browser = enter("wangli")
    for act in ("same", "different"):
        page = browser.post(f"/integrate/pairs/{pair.pk}/{act}/", {"reason": " "}, follow=True).content.decode()
        assert "没有写" in page and "理由" in page
    assert Candidate.objects.get().state == "open"


def test_deciding_different_leaves_the_queue(pair, enter):
    page = enter("wangli").post(f"/integrate/pairs/{pair.pk}/different/", {"reason": "地址不同"}, follow=True).content.decode()
    assert "已记为两个单位" in page and "仍为待确认" in page
    assert Candidate.objects.get().state == "different"


def test_two_codes_cannot_be_merged_and_the_page_says_why(pair, enter):
    EnterpriseVersion.objects.filter(enterprise=pair.left).update(uscc=DOOR)
    browser = enter("wangli")
    page = browser.get(f"/integrate/pairs/{pair.pk}/").content.decode()
    assert "是两个法人，不能归并" in page and "是同一单位，归并" not in page
    answer = browser.post(f"/integrate/pairs/{pair.pk}/same/", {"reason": "看着像"}, follow=True).content.decode()
    assert "两个法人" in answer


def test_a_merge_is_listed_and_taken_back(pair, enter):
    browser = enter("wangli")
    browser.post(f"/integrate/pairs/{pair.pk}/same/", {"reason": "同一地址"})
    commit = Commit.objects.get(kind="merge")
    assert "撤销归并" in browser.get("/integrate/merges/").content.decode()
    page = browser.post(f"/integrate/merges/{commit.pk}/undo/", {"reason": "电话核实有误"}, follow=True).content.decode()
    assert "已撤销归并" in page and "已撤销</span>" in page
    assert Headcount.objects.current().filter(enterprise=pair.left_id).count() == 1
    assert browser.post(f"/integrate/merges/{commit.pk}/undo/", {"reason": "再来"}).status_code == 404


def test_after_ninety_days_it_is_no_longer_listed(pair, people, enter):
    longago = timezone.now() - timedelta(days=91)
    commit = MergeEnterprises(people.wangli.actor, longago, pair.right, pair.left, "同一地址").do()
    browser = enter("wangli")
    assert "没有归并或分开过单位" in browser.get("/integrate/merges/").content.decode()
    assert browser.post(f"/integrate/merges/{commit.pk}/undo/", {"reason": "晚了"}).status_code == 404


def test_a_clerk_of_another_county_cannot_undo(pair, people, now, enter):
    commit = MergeEnterprises(people.wangli.actor, now, pair.right, pair.left, "同一地址").do()
    with pytest.raises(NotAllowed):
        UndoMerge(people.linwai.actor, now, commit, "看着不像").do()


def test_later_shows_the_next_pair(pair, send, enter):
    send("RegisterEntry", register(DOOR, "云溪市铭锐门业有限公司"))
    send("Headcount", insured("11", 3, 20, name="云溪市铭瑞门业有限公司"))
    assert Candidate.objects.count() == 2
    page = enter("wangli").get(f"/integrate/pairs/{pair.pk}/").content.decode()
    other = Candidate.objects.exclude(pk=pair.pk).get()
    assert f'href="/integrate/pairs/{other.pk}/"' in page


def test_names_are_compared_character_by_character():
    assert pairs.differing("恒悦杯业", "恒岳杯业") == (
        [("恒", False), ("悦", True), ("杯业", False)], [("恒", False), ("岳", True), ("杯业", False)]
    )  # fmt: skip
