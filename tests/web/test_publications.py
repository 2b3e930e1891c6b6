"""用于公开 through its pages: the deed keeps what was published, hides what is small, and refuses what an earlier one gives away."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from urllib.parse import urlencode

import pytest
from python_calamine import CalamineWorkbook

from wushang.analyse.models import Publication
from wushang.people.models import AuditEntry
from wushang.pool import snapshot
from wushang.web import environment

pytestmark = pytest.mark.django_db


def address(**more: str) -> str:
    question = {"measure": "injured_cases", "down": "town", "from": "2026-01", "to": "2026-02", "basis": "reported", "scope": "all"} | more
    return "/analyse/publications/new/?" + urlencode({"table": urlencode(question)})


@pytest.fixture
def spring(town):
    """东城街道 6 cases, 石塘镇 5 and 1 on the way to work."""
    town.spring()
    for n in range(3):
        town.injure(date(2026, 2, 10 + n))
    for n in range(4):
        town.injure(date(2026, 1, 10 + n), town.door)
    snapshot.build(town.now)
    return town


WORDS = {"heading": "一至二月工伤", "where": "市政府网站"}


def test_what_is_published_is_kept_as_it_was(spring, visit) -> None:
    page = visit("lijianguo", address()).content.decode()
    assert "公开的样子" in page and "共 3 格，隐去 0 格" in page
    answer = visit("lijianguo", address(), WORDS)
    made = Publication.objects.get()
    assert answer.status_code == 302 and made.least == 3 and made.commit and AuditEntry.objects.filter(verb="analyse.publish").exists()
    assert made.tables[0]["cells"][-1]["counts"] == {"injured_cases": 11}
    spring.injure(date(2026, 2, 27))
    snapshot.build(spring.now)
    assert ">11<" in visit("wangli", f"/analyse/publications/{made.pk}/").content.decode()
    book = CalamineWorkbook.from_filelike(BytesIO(visit("wangli", f"/analyse/publications/{made.pk}.xlsx").content))
    assert book.get_sheet_by_index(0).to_python()[1][0].startswith("用于公开　")
    assert ["东城街道", "6"] in book.get_sheet_by_index(0).to_python() and ["合计", "11"] in book.get_sheet_by_index(0).to_python()


def test_what_a_later_one_would_give_away_is_refused(spring, visit) -> None:
    visit("lijianguo", address(), WORDS)
    visit("lijianguo", "/")  # the message of the deed is read
    at_work = address(scope="at_work")  # 石塘镇: 5 less 4 is the one on the way to work
    page = visit("lijianguo", at_work).content.decode()
    assert "不能公开" in page and "《一至二月工伤》" in page and "可以算出 1，少于 3" in page and "记为公开" not in page
    assert visit("lijianguo", at_work, WORDS | {"heading": "生产性"}).status_code == 422 and Publication.objects.count() == 1


def test_small_figures_do_not_leave(spring, visit) -> None:
    visit("lijianguo", address(measure="fatal_cases"), WORDS)
    assert not Publication.objects.exists()  # one death: nothing is left to be published
    visit("lijianguo", address(down="kind"), WORDS)
    texts = [cell.get("texts", {}).get("injured_cases", "＊") for cell in Publication.objects.get().tables[0]["cells"]]
    assert "1" not in texts


def test_only_who_may_publishes(spring, visit) -> None:
    assert visit("wangli", address()).status_code == 403
    assert "用于公开" in visit("lijianguo", "/analyse/cube/").content.decode()
    assert "用于公开" not in visit("wangli", "/analyse/cube/").content.decode()


def test_the_least_count_is_read_with_its_days(monkeypatch) -> None:
    monkeypatch.setenv("WUSHANG_SMALL_CELL", "2027-01-01=5;2021-11-01=3")
    assert environment.dated("WUSHANG_SMALL_CELL", "2021-11-01=3") == ((date(2021, 11, 1), 3), (date(2027, 1, 1), 5))
    monkeypatch.setenv("WUSHANG_SMALL_CELL", "five")
    with pytest.raises(environment.ImproperlyConfigured, match="day=whole number"):
        environment.dated("WUSHANG_SMALL_CELL", "2021-11-01=3")


def test_the_meeting_page_leads_to_its_own_tables(spring, visit) -> None:
    page = visit("lijianguo", "/meeting/").context
    public = visit("lijianguo", page["publish_url"]).content.decode()
    assert public.count("<table") == 3 and f">{page['towns']['total']['count']}<" in public
    assert "publish_url" not in visit("shenzhiyuan", "/meeting/").context or visit("shenzhiyuan", "/meeting/").context["publish_url"] is None
