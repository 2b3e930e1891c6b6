import json
import re
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from wushang.people.crypto import blind_index, encrypt
from wushang.people.models import AuditEntry, User
from wushang.pool import landing
from wushang.pool.models import Contact, Enterprise, EnterpriseVersion

pytestmark = pytest.mark.django_db
NAMES = {"cup": ("云溪市恒岳杯业有限公司", "990100001"), "door": ("云溪市铭锐门业有限公司", "990100002"),
         "far": ("外县远山木业有限公司", "990200001")}  # fmt: skip


@pytest.fixture
def units(people, now):
    commit = landing.start("landing", "名册", people.wangli.actor, now)
    made = {}
    for key, (name, region) in NAMES.items():
        made[key] = Enterprise.objects.create(created=now)
        row = {"enterprise_id": made[key].pk, "name": name, "plain_name": name, "region": region, "former_names": []}
        landing.load(commit, EnterpriseVersion, [row])
    landing.publish(commit, now)
    return made


@pytest.fixture
def contact(units, now):
    return Contact.objects.create(enterprise=units["cup"], role="head", name="张三丰", phone="13800001111",
                                  phone_index=blind_index("13800001111"), source="参保登记", added=now)  # fmt: skip


@pytest.fixture
def enter(people):
    def _enter(username):
        User.objects.update(password_set=timezone.now())
        browser = Client()
        browser.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return _enter


def rows_of(answer):
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0)
    return sheet.to_python()


def test_the_first_tab_lists_who_cannot_be_reached(enter, contact):
    page = enter("wangli").get("/pool/contacts/").content.decode()
    assert NAMES["door"][0] in page and NAMES["cup"][0] not in page and NAMES["far"][0] not in page


def test_each_sees_the_enterprises_of_the_own_place_only(enter, contact):
    page = enter("zhanghaiyan").get("/pool/contacts/?tab=all").content.decode()
    assert NAMES["cup"][0] in page and NAMES["door"][0] not in page
    page = enter("linwai").get("/pool/contacts/?tab=all").content.decode()
    assert NAMES["far"][0] in page and NAMES["cup"][0] not in page


def test_who_has_no_right_is_refused(enter, contact, units):
    for username in ("fangzhiqiang", "shenzhiyuan", "admin"):
        browser = enter(username)
        for address in ("/pool/contacts/", "/pool/contacts/export/", f"/pool/contacts/of/{units['cup'].pk}/"):
            assert browser.get(address).status_code == 403, (username, address)
        assert browser.post(f"/pool/contacts/{contact.pk}/read/").status_code == 403
    assert Client().get("/pool/contacts/").status_code == 302


def test_an_outsider_finds_neither_the_enterprise_nor_the_number(enter, contact, units):
    browser = enter("linwai")
    assert browser.get(f"/pool/contacts/of/{units['cup'].pk}/").status_code == 404
    for act in ("read", "verify", "invalid", "restore"):
        assert browser.post(f"/pool/contacts/{contact.pk}/{act}/", {"reason": "停机"}).status_code == 404
    contact.refresh_from_db()
    assert (contact.verified, contact.invalid_since) == (None, None)


def test_lists_and_exports_show_names_and_numbers_masked(enter, contact, units):
    browser = enter("wangli")
    for address in ("/pool/contacts/?tab=all", f"/pool/contacts/of/{units['cup'].pk}/"):
        page = browser.get(address).content.decode()
        assert "138****1111" in page and "张**" in page
        assert "13800001111" not in page and "张三丰" not in page
    sheet = str(rows_of(browser.get("/pool/contacts/export/?tab=all")))
    assert "138****1111" in sheet and "13800001111" not in sheet
    assert not AuditEntry.objects.filter(subject__startswith="contact:").exists()


def test_the_full_number_is_shown_on_asking_and_the_asking_is_logged(enter, contact):
    browser = enter("zhanghaiyan")
    part = browser.post(f"/pool/contacts/{contact.pk}/read/", HTTP_HX_REQUEST="true").content.decode()
    assert "张三丰" in part and 'href="tel:13800001111"' in part and "<html" not in part
    whole = browser.post(f"/pool/contacts/{contact.pk}/read/").content.decode()
    assert "13800001111" in whole and "<html" in whole
    assert AuditEntry.objects.filter(subject=f"contact:{contact.pk}", name="张海燕").count() == 2


def test_registering_verifying_marking_and_taking_back(enter, units):
    browser = enter("zhanghaiyan")
    address = f"/pool/contacts/of/{units['cup'].pk}/"
    assert "没有能联系上的人" in browser.get(address).content.decode()
    sent = {"role": "head", "name": "张三丰", "phone": "138 0000 1111", "source": "", "verified": ""}
    page = browser.post(address, sent, follow=True).content.decode()
    assert "还没有核实" in page
    one = Contact.objects.get()
    assert one.source == "东城街道"
    browser.post(f"/pool/contacts/{one.pk}/verify/", {"on": "2026-02-30"})
    page = browser.post(f"/pool/contacts/{one.pk}/invalid/", {"reason": "停机"}, follow=True).content.decode()
    assert "不再往这个号码发送" in page and f"/pool/contacts/{one.pk}/restore/" in page
    browser.post(f"/pool/contacts/{one.pk}/restore/")
    one.refresh_from_db()
    assert (one.verified, one.invalid_since) == (timezone.localdate(), None)


def test_a_wrong_number_is_told_in_the_form(enter, units):
    page = enter("wangli").post(f"/pool/contacts/of/{units['cup'].pk}/", {"role": "head", "name": "张", "phone": "123"})
    assert "不是11位手机号码" in page.content.decode()


FILE = """单位名称,角色,姓名,手机,核实日期
云溪市恒岳杯业有限公司,主要负责人,张三丰,13800001111,2026-03-05
云溪市铭锐门业有限公司,经办人,李四,1390000222,
没有这家,经办人,王五,13700003333,
"""


def test_an_import_tells_four_numbers_that_add_up_and_gives_back_what_it_did_not_take(enter, units):
    browser = enter("wangli")
    upload = SimpleUploadedFile("名单.csv", FILE.encode())
    page = browser.post("/pool/contacts/import/", {"file": upload}).content.decode()
    figures = [int(n) for n in re.findall(r'class="value">(\d+)<', page)]
    assert figures == [3, 1, 0, 0, 0, 2]
    assert "不是11位手机号码" in page and "您的辖区内没有这个单位" in page
    sealed = re.search(r'name="rows" value="([^"]+)"', page).group(1)
    assert "1390000222" not in sealed
    rows = rows_of(browser.post("/pool/contacts/import/problems/", {"rows": sealed}))
    assert [row[:2] for row in rows[3:5]] == [["3", "云溪市铭锐门业有限公司"], ["4", "没有这家"]]
    assert AuditEntry.objects.filter(verb="pool.contacts", subject="contacts:", detail={"rows": 2}).count() == 1


def test_the_mended_sheet_can_be_uploaded_as_it_is(enter, units):
    browser = enter("wangli")
    page = browser.post("/pool/contacts/import/", {"file": SimpleUploadedFile("名单.csv", FILE.encode())}).content.decode()
    sealed = re.search(r'name="rows" value="([^"]+)"', page).group(1)
    again = browser.post("/pool/contacts/import/problems/", {"rows": sealed}).content
    page = browser.post("/pool/contacts/import/", {"file": SimpleUploadedFile("订正.xlsx", again)}).content.decode()
    assert [int(n) for n in re.findall(r'class="value">(\d+)<', page)]== [2, 0, 0, 0, 0, 2]


def test_the_sample_is_a_file_the_import_understands(enter, units):
    browser = enter("wangli")
    sample = browser.get("/pool/contacts/import/sample/").content
    page = browser.post("/pool/contacts/import/", {"file": SimpleUploadedFile("样表.xlsx", sample)}).content.decode()
    assert "没有找到表头" not in page and "您的辖区内没有这个单位" in page


def test_somebody_elses_sealed_rows_are_refused(enter):
    assert enter("wangli").post("/pool/contacts/import/problems/", {"rows": "aes1:nonsense"}).status_code == 404
    for rows in ([["3", "云溪市铭锐门业有限公司"]], {"name": "张三丰"}, 7):  # sealed by us, but not for this sheet
        assert enter("wangli").post("/pool/contacts/import/problems/", {"rows": encrypt(json.dumps(rows))}).status_code == 404


def test_an_empty_tab_says_so(enter, contact, units, now):
    Contact.objects.create(enterprise=units["door"], role="handler", name="李四", phone="13900002222", source="x",
                           phone_index=blind_index("13900002222"), verified=date(2026, 3, 1), added=now)  # fmt: skip
    assert "每个单位都有能联系上的人" in enter("wangli").get("/pool/contacts/").content.decode()


def test_taking_the_list_away_is_logged(enter, contact):
    enter("wangli").get("/pool/contacts/export/?tab=all")
    assert AuditEntry.objects.get(subject="contacts:").detail == {"filters": "tab=all"}
