"""示范档案 (S0.11): counts, people and rate side by side, as W2 of the field's worked examples asks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from wushang.analyse.models import Demonstration
from wushang.terms.period import Period, add_months
from wushang.web.dossier.demonstration import claimed
from wushang.web.dossier.two_spans import Span, TwoSpans

SAID = {"heading": "保温杯示范企业", "since": "2025-11-01", "what": "冲床加装光电保护；新员工带教一个月", "basis": "永安委办〔2025〕3号", "claimed": "60"}


def spans(before: tuple[int, float], after: tuple[int, float]) -> TwoSpans:
    one = Span(Period(date(2019, 1, 1), date(2019, 10, 31)), *before, 10)
    other = Span(Period(date(2020, 1, 1), date(2020, 10, 31)), *after, 10)
    return TwoSpans(date(2020, 1, 1), one, other, 10, "", False)


def test_w2_a_fall_of_62_per_cent_with_a_shrunken_headcount() -> None:
    said = claimed(Decimal("62"), spans((100, 4761.9), (38, 2945.7)))  # 21 ‰ to 12.9 ‰
    assert said == "自报下降 62%；本平台按起数下降 62.0%，按同样人数折算下降 38.6%，自报的降幅比发生率的降幅大，差的部分来自人数变化。"
    assert claimed(Decimal("38"), spans((100, 1000), (62, 1000))).endswith("按同样人数折算下降 38.0%。")
    assert claimed(Decimal("62"), spans((0, 100), (0, 100))) == "自报下降 62%；本平台前段没有事故，无从核对。"
    assert "不能按人数折算" in claimed(Decimal("62"), spans((100, 0), (38, 0)))


@pytest.mark.django_db
def test_a_record_stands_with_its_before_and_after(town, visit) -> None:
    for n in range(8):
        month = add_months(date(2025, 7, 1), n)
        town.staff(month, cup=100 if n < 4 else 62)
    for day in (date(2025, 8, 10), date(2025, 8, 20), date(2025, 9, 9), date(2025, 10, 10), date(2025, 10, 20), date(2025, 12, 10), date(2026, 1, 10)):
        town.injure(day)
    address = f"/enterprises/{town.cup}/demonstration/"
    assert visit("lijianguo", address, SAID).status_code == 302
    page = visit("wangli", f"{address}?months=3").content.decode()
    assert "前 3 个月 5 起，后 3 个月 2 起，下降 60.0%" in page and "自报下降 60%；本平台按起数下降 60.0%，按同样人数折算下降 35.5%" in page
    assert "人数变动超过 20%" in page and "登记示范创建" not in page  # the clerk reads
    made = Demonstration.objects.get()
    assert visit("wangli", f"{address}{made.pk}/end/", {"reason": "停产"}).status_code == 403
    visit("lijianguo", f"{address}{made.pk}/end/", {"reason": "停产"})
    assert "终止：停产" in visit("lijianguo", address).content.decode()
    assert "示范档案" in visit("wangli", f"/enterprises/{town.cup}/").content.decode()
    assert visit("linwai", address).status_code == 404 and visit("wangli", address, SAID).status_code == 403


@pytest.mark.django_db
def test_a_record_needs_its_words_and_a_day_that_has_come(town, visit) -> None:
    address = f"/enterprises/{town.cup}/demonstration/"
    visit("lijianguo", address, SAID | {"since": "2027-01-01"})
    visit("lijianguo", address, SAID | {"claimed": "120"})
    visit("lijianguo", address, SAID | {"basis": " "})
    assert not Demonstration.objects.exists()
