"""单位档案: finding units, and one unit's page; nothing of other counties, nothing personal in the clear."""

from __future__ import annotations

from datetime import date

from django.utils.html import strip_tags as words

from wushang.integrate.models import Alias
from wushang.people.models import Appointment, Role
from wushang.pool import snapshot
from wushang.pool.models import Commit, Contact, DiseaseHazard, EnterpriseVersion, Headcount

CUP, DOOR = "云溪市恒岳杯业有限公司", "云溪市石塘门业有限公司"


def names(answer) -> list[str]:
    return [row[0]["text"] for row in answer.context["table"]["rows"]]


def test_units_are_found_by_name_code_and_former_name(town, visit):
    Alias.objects.create(enterprise_id=town.cup, kind="name", value="恒岳五金制品厂", commit=Commit.objects.latest("number"))
    for asked in ("恒岳杯", "91990100ma2cup010x", "五金制品厂"):
        assert names(visit("wangli", f"/enterprises/?q={asked}")) == [CUP], asked
    assert names(visit("wangli", "/enterprises/?q=没有这家")) == []


def test_units_are_filtered_by_township_trade_and_level(town, visit):
    town.case(town.door, date(2026, 4, 18), level="red")
    assert names(visit("wangli", "/enterprises/?town=990100001")) == [CUP]
    assert names(visit("wangli", "/enterprises/?industry=C33")) == [CUP, DOOR]
    assert names(visit("wangli", "/enterprises/?industry=C3312")) == [DOOR]
    assert names(visit("wangli", "/enterprises/?level=red")) == [DOOR]
    assert visit("wangli", "/enterprises/?level=yellow").content.decode().count("没有找到单位。") == 1


def test_fifty_a_page_and_the_filters_stay_in_the_address(town, visit):
    for n in range(51):
        town.unit(f"云溪市第{n:02}门业厂", "990100002", "C3312")
    page = visit("wangli", "/enterprises/?industry=C3312")
    assert page.context["page"].paginator.num_pages == 2
    assert "?industry=C3312&amp;page=2" in page.content.decode()


def test_who_belongs_elsewhere_finds_and_opens_nothing(town, visit):
    assert names(visit("linwai", "/enterprises/")) == ["外县杯业有限公司"]
    assert visit("linwai", f"/enterprises/{town.cup}/").status_code == 404
    assert visit("zhanghaiyan", f"/enterprises/{town.door}/").status_code == 404  # another township's
    assert visit("zhanghaiyan", f"/enterprises/{town.cup}/").status_code == 200
    assert visit("admin", "/enterprises/").status_code == 403


def test_the_state_is_one_sentence(town, visit):
    plain = visit("wangli", f"/enterprises/{town.cup}/").context["unit"]
    assert plain["state"] == "没有在办的预警和整改。" and plain["act"] is None
    case = town.case(town.cup, date(2026, 4, 18))
    unit = visit("wangli", f"/enterprises/{town.cup}/").context["unit"]
    assert unit["state"] == "橙色预警，文书已签收；整改待报整改情况，4月18日前。"
    assert unit["level"] == "orange" and unit["act"]["url"] == f"/warn/{case.warning_id}/"


def test_this_year_and_last_year_are_counted_by_the_day_of_the_accident(town, visit):
    town.spring()
    facts = dict(pair for column in visit("wangli", f"/enterprises/{town.cup}/").context["facts"] for pair in column)
    assert words(facts["今年工伤事故"]) == "2 起；上年同期 1 起（含上下班途中）"  # the refused one does not count
    assert ">100 人（2026年2月）<" in facts["参保人数"] and facts["费率"] == "0.80%"
    assert facts["同行业、人数相近"] == "同类单位太少，不比较"


def test_units_alike_are_told_when_there_are_enough(town, visit):
    alike = [town.unit(f"杯业{n}厂", "990100001", "C3382") for n in range(6)]
    for unit, insured in zip([*alike, town.unit("大杯厂", "990100001", "C3382")], [50, 60, 80, 100, 150, 200, 201], strict=True):
        town.land(Headcount, {
            "source": "insurance_monthly", "sender": "990100-agency", "key": f"{unit}", "digest": "d", "enterprise_id": unit,
            "month": date(2026, 2, 1), "insured": insured, "region": "990100001", "industry": "C3382",
        })  # fmt: skip
    town.spring()
    facts = dict(pair for column in visit("wangli", f"/enterprises/{town.cup}/").context["facts"] for pair in column)
    # of 100 insured: 50 to 200 is near, 201 is not; six without any and 石塘门业 (50) with one on the way to work
    assert facts["同行业、人数相近"] == "7 家单位（参保 50～200 人）大多 0～1 起"


def test_contacts_are_masked(town, visit, now):
    Contact.objects.create(
        enterprise_id=town.cup, role="head", name="陈伟民", phone="13812342016", source="镇街核实", verified=date(2026, 2, 26), added=now
    )
    page = visit("wangli", f"/enterprises/{town.cup}/").content.decode()
    assert "陈** 138****2016 2026-02-26核实" in page
    assert "陈伟民" not in page and "13812342016" not in page


def test_injured_people_are_shown_masked_and_only_for_case_analysis(town, visit):
    town.spring()
    assert "张**" in visit("wangli", f"/enterprises/{town.cup}/").content.decode()
    assert "张**" not in visit("zhanghaiyan", f"/enterprises/{town.cup}/").content.decode()


def test_a_right_over_another_county_opens_nothing_of_this_unit(town, visit, people):
    town.spring()
    Appointment.objects.create(user=people.zhanghaiyan, role=Role.objects.get(code="clerk"), regions=["990200"])
    assert "张**" not in visit("zhanghaiyan", f"/enterprises/{town.cup}/").content.decode()


def test_years_hazards_and_the_past_are_there(town, visit):
    town.spring()
    town.land(DiseaseHazard, {
        "source": "disease_hazards", "sender": "990100-health", "key": "h", "digest": "d", "enterprise_id": town.cup,
        "kind": "noise", "factor": "噪声", "opened": date(2026, 1, 15),
    })  # fmt: skip
    page = visit("wangli", f"/enterprises/{town.cup}/").context
    tables = {table["title"]: table for table in page["tables"]}
    assert words(tables["职业病危害隐患"]["note"]) == "1 项，未销号 1 项"
    year = [cell["text"] if isinstance(cell, dict) else cell for cell in tables["年度"]["table"]["rows"][0]]
    assert year == ["2026年（2 个月）", "100.0", "2", "3", "30.00", "—"]
    assert page["past"][0]["year"] == "2026年" and page["past"][0]["entries"][0]["new"]
    assert "工伤认定：人社局" in page["sources"]


def test_a_merged_unit_leads_to_the_one_it_lives_on_in(town, visit):
    old = EnterpriseVersion.objects.current().get(enterprise=town.door)
    row = {"enterprise_id": town.door, "name": DOOR, "plain_name": DOOR, "region": "990100002", "merged_into_id": town.cup}
    town.land(EnterpriseVersion, row, replaces=[old.pk])
    assert visit("wangli", f"/enterprises/{town.door}/").url == f"/enterprises/{town.cup}/"
    assert DOOR not in names(visit("wangli", "/enterprises/"))


def test_a_dispatched_worker_counts_where_the_work_was(town, visit):
    town.injure(date(2026, 2, 9), town.door, host_id=town.cup)
    snapshot.build(town.now)
    lender = visit("wangli", f"/enterprises/{town.door}/").context
    said = {table["title"]: table.get("said") for table in lender["tables"]}
    assert said["工伤事故"] == "其中 1 人次在实际用工单位发生，事故计入用工单位。"
    rows = visit("wangli", "/enterprises/").context["table"]["rows"]
    assert {row[0]["text"]: row[5] for row in rows} == {CUP: "1", DOOR: "0"}


def test_a_place_without_units_says_what_will_stand_there_and_nothing_comforting(people, visit):
    said = visit("wangli", "/enterprises/").content.decode()
    assert "还没有单位" in said and "入库以后，单位列在这里" in said and "换一个名称" not in said
    assert "没有找到单位" in visit("wangli", "/enterprises/?q=恒岳").content.decode()
    contacts = visit("wangli", "/pool/contacts/").content.decode()
    assert "辖区里还没有单位" in contacts and "每个单位都有能联系上的人" not in contacts
