import pytest

from wushang.people.models import Department, Region, RegionChange

pytestmark = pytest.mark.django_db
PAGE = "/people/accounts/places/"


def test_the_administrator_adds_a_town_and_a_department(enter, people):
    browser = enter("admin")
    sent = {"code": "990100005", "name": "新城街道", "kind": "township", "parent": "990100", "since": "2026-01-01"}
    browser.post(f"{PAGE}region/", sent)
    said = {"code": "990100-traffic", "name": "云溪市交通运输局", "short_name": "交通局", "kind": "transport", "region": "990100"}
    browser.post(f"{PAGE}department/", said)
    page = browser.get(PAGE).content.decode()
    assert Region.objects.get(code="990100005").name == "新城街道" and Department.objects.filter(code="990100-traffic").exists()
    assert "新城街道" in page and "交通局" in page and "2026-01-01" in page


def test_what_is_wrong_is_told_beside_the_form(enter, people):
    page = enter("admin").post(f"{PAGE}region/", {"code": "12", "name": "某镇", "kind": "township", "parent": "990100"})
    assert "不是地区代码" in page.content.decode() and page.status_code == 200


def test_a_form_cannot_change_the_code_of_what_is_there(enter, people):
    sent = {"code": "990100001", "name": "石塘新镇", "kind": "township", "parent": "990100"}
    enter("admin").post(f"{PAGE}region/990100002/", sent)
    assert Region.objects.get(code="990100002").name == "石塘新镇" and Region.objects.get(code="990100001").name == "东城街道"


def test_a_change_of_codes_is_entered_and_shown(enter, people):
    browser = enter("admin")
    sent = {"on": "2026-01-01", "kind": "区划调整", "old": "990100002", "new": "990100001", "source": "云政函〔2025〕12号"}
    browser.post(f"{PAGE}change/", sent)
    assert RegionChange.objects.count() == 1
    page = browser.get(PAGE).content.decode()
    assert "云政函〔2025〕12号" in page and "2025-12-31" in page


def test_who_only_sees_finds_no_way_to_change(enter, people):
    browser = enter("lijianguo")
    page = browser.get(PAGE).content.decode()
    assert "东城街道" in page and "新增地区" not in page and "改名" not in page
    assert browser.get(f"{PAGE}region/").status_code == 403


@pytest.mark.parametrize("address", ["region/990200/", "department/990200-hrss/"])
def test_another_countys_places_are_not_found(enter, people, address):
    assert enter("admin").get(PAGE + address).status_code == 404
