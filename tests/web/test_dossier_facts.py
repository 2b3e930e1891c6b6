"""单位档案: what each department tells of a unit stands in its own table, as known then, and nothing of a person's body."""

from __future__ import annotations

from datetime import date

import pytest

from wushang.integrate.models import Link
from wushang.pool import models as pool

TOLD = {"source": "s", "sender": "990100-health", "digest": "d"}


@pytest.fixture
def told(town):
    """Two payments of 100.00 and 20.50 yuan, one penalty, a certificate, a hospital visit linked to an injury."""
    def tell(model, key, **more):
        return town.land(model, TOLD | {"key": key, "enterprise_id": town.cup} | more)

    tell(pool.Payment, "p1", month=date(2026, 1, 1), item="medical", amount=10_000)
    tell(pool.Payment, "p2", month=date(2026, 2, 1), item="medical", amount=2_050)
    town.then = tell(pool.Penalty, "f1", number="罚1号", decided=date(2026, 2, 3), authority="应急局", matter="未设防护罩", amount=500_000)
    tell(pool.Certificate, "c1", trade="电工作业", valid_to=date(2027, 1, 1), masked_name="张**")
    tell(pool.Visit, "v1", number="1", visited=date(2026, 2, 9), facility="县医院", department="骨科", masked_name="张**")
    injury = town.injure(date(2026, 2, 9))
    tell(pool.HazardTest, "t1", tested=date(2026, 3, 2), post="抛光", factor="矽尘", measured=1_200_000, unit="mg/m³", exceeded=True)
    row = pool.Visit.objects.get(key="v1")
    Link.objects.create(what="visit", source=row.source, sender=row.sender, key=row.key, state=Link.LINKED, injury_id=injury, how="exact", probability=1.0, commit=1,
                        found=town.now)
    return town


def shown(answer) -> dict[str, dict]:
    return {str(table["title"]): table for table in answer.context["tables"]}


def test_each_kind_has_its_table_its_sum_and_its_source(told, visit):
    tables = shown(visit("wangli", f"/enterprises/{told.cup}/"))
    assert tables["待遇支付"]["note"] == "共 2 条，合计 120.50 元"
    assert [row[0] for row in tables["待遇支付"]["table"]["rows"]] == ["2026-02", "2026-01"]
    assert tables["行政处罚"]["table"]["rows"] == [["2026-02-03", "应急局", "未设防护罩", "5,000.00"]]
    assert [col["num"] for col in tables["行政处罚"]["table"]["head"]] == [False, False, False, True]
    for code, title in (("payments", "待遇支付"), ("tests", "危害检测"), ("certificates", "特种作业操作证")):
        url = tables[title]["source_url"]
        assert url == f"/integrate/lineage/units/{told.cup}/?what={code}" and visit("wangli", url).status_code == 200


def test_what_no_department_told_is_folded_by_name(told, visit):
    answer = visit("wangli", f"/enterprises/{told.cup}/")
    assert answer.context["nothing"] == ["项目参保", "生产安全事故", "危害申报", "职业健康检查", "职业病报告", "等级与名单"]
    assert "还有 6 类没有数据" in answer.content.decode()


def test_a_persons_visit_is_a_number_without_case_analysis_and_a_certificate_has_no_name(told, visit, people):
    page = visit("fangzhiqiang", f"/enterprises/{told.cup}/")
    tables = shown(page)
    if "医院首诊" in tables:
        assert tables["医院首诊"]["table"]["rows"] == [["2026年", "1"]]
    assert "县医院" not in page.content.decode() and "张**" not in page.content.decode()
    assert tables["特种作业操作证"]["table"]["rows"][0][0] == "电工作业"
    mine = visit("wangli", f"/enterprises/{told.cup}/").content.decode()
    assert "县医院" in mine and "骨科" not in mine


def test_as_known_then_what_came_later_is_not_there(told, visit):
    then = visit("wangli", f"/enterprises/{told.cup}/?known={told.then}")
    assert "行政处罚" in shown(then) and "危害检测" in then.context["nothing"]
    assert f"known={told.then}" in shown(then)["行政处罚"]["source_url"]
