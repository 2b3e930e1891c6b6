from datetime import date, timedelta

import pytest

from wushang.people.deed import NotAllowed
from wushang.people.models import AuditEntry
from wushang.pool import contact_file, contacts, landing
from wushang.pool.contact_rows import Directory, check
from wushang.pool.deeds.add_contact import AddContact
from wushang.pool.deeds.import_contacts import ImportContacts
from wushang.pool.deeds.verify_contact import MarkInvalid, ReadContact, RestoreContact, VerifyContact
from wushang.pool.models import Contact, Enterprise, EnterpriseVersion
from wushang.terms.identifiers import make_org_code, make_uscc
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
CUP = make_uscc("91990100" + make_org_code("MA2CUP01"))
DOOR = make_uscc("91990100" + make_org_code("MA2DDR01"))
FAR = make_uscc("91990200" + make_org_code("MA2FAR01"))


@pytest.fixture
def units(people, now):
    """恒岳 in 东城街道, 铭锐 in 石塘镇, 远山 in another county."""
    commit = landing.start("landing", "名册", people.wangli.actor, now)
    made = {}
    for key, name, uscc, region in (("cup", "云溪市恒岳杯业有限公司", CUP, "990100001"),
                                    ("door", "云溪市铭锐门业有限公司", DOOR, "990100002"),
                                    ("far", "外县远山木业有限公司", FAR, "990200001")):  # fmt: skip
        made[key] = Enterprise.objects.create(created=now)
        landing.load(commit, EnterpriseVersion, [
            {"enterprise_id": made[key].pk, "name": name, "plain_name": name, "uscc": uscc, "region": region, "industry": "C3382",
             "former_names": ["云溪市老岳杯厂"] if key == "cup" else []}
        ])  # fmt: skip
    landing.publish(commit, now)
    return made


@pytest.fixture
def add(people, now, units):
    def _add(unit="cup", role="head", name="张三丰", phone="13800001111", verified=TODAY, actor=None):
        deed = AddContact(actor or people.wangli.actor, now, units[unit], role, name, phone, "参保登记", verified)
        return deed.do()

    return _add


def read(text, name="名单.csv"):
    return contact_file.read(text.encode(), name)


def checked(people, text):
    return check(read(text), Directory(people.wangli.actor.scope), TODAY)


@pytest.mark.parametrize(
    ("written", "plain"),
    [("138 0000 1111", "13800001111"), ("138-0000-1111", "13800001111"), ("＋86 13800001111", "13800001111"),
     ("0579-87654321", "0579-87654321"), ("(0579)87654321", "0579-87654321")],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(written, plain):
    assert contacts.plain_phone(written) == plain
    assert contacts.phone_problem(plain) is None


@pytest.mark.parametrize("wrong", ["", "1380000111", "138000011112", "87654321", "1.38E+10", "张三丰"])
def test_a_number_that_cannot_be_called_is_told(wrong):
    assert contacts.phone_problem(contacts.plain_phone(wrong))


def test_a_number_that_lost_its_digits_is_not_guessed():
    why, remedy = contacts.phone_problem(contacts.plain_phone("1.38E+10"))
    assert "科学计数" in why and "不能补猜" in remedy


def test_numbers_of_the_practice_city_count_in_practice_only(settings):
    assert contacts.phone_problem("10012345678") is None
    settings.WUSHANG_MODE = "live"
    assert contacts.phone_problem("10012345678")


def test_name_and_number_are_sealed_in_the_ledger(add):
    from django.db import connection

    add()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM pool_contact")
        stored = str(cursor.fetchone())
    assert "张三丰" not in stored and "13800001111" not in stored
    assert Contact.objects.get().phone == "13800001111"


def test_a_known_number_is_not_added_twice(add):
    add()
    with pytest.raises(Refused, match="已经登记过"):
        add(phone="138 0000 1111")
    assert add(role="handler").role == "handler"


def test_a_day_in_the_future_cannot_have_been_verified(add):
    with pytest.raises(Refused, match="今天之后"):
        add(verified=TODAY + timedelta(days=1))


def test_the_township_may_only_in_its_own_town(add, people):
    assert add(actor=people.zhanghaiyan.actor)
    with pytest.raises(NotAllowed):
        add(unit="door", actor=people.zhanghaiyan.actor)
    with pytest.raises(NotAllowed):
        add(actor=people.fangzhiqiang.actor)


def test_reading_a_number_in_full_is_logged_without_the_number(add, people, now):
    one = add()
    assert ReadContact(people.zhanghaiyan.actor, now, one).do() == ("张三丰", "13800001111")
    entry = AuditEntry.objects.get(subject=f"contact:{one.pk}")
    assert (entry.name, entry.detail["act"]) == ("张海燕", "ReadContact")
    assert "1380" not in str(entry.detail)


def test_verifying_moves_the_day_forward_only(add, people, now):
    one = add(verified=date(2025, 1, 5))
    VerifyContact(people.zhanghaiyan.actor, now, one, TODAY).do()
    assert Contact.objects.get().verified == TODAY
    with pytest.raises(Refused, match="更晚的核实日期"):
        VerifyContact(people.zhanghaiyan.actor, now, one, date(2026, 3, 1)).do()


def test_an_invalid_number_is_not_used_until_it_is_restored(add, people, now, units):
    one = add()
    MarkInvalid(people.wangli.actor, now, one, "停机").do()
    assert contacts.usable(contacts.of([units["cup"].pk])[units["cup"].pk]) == []
    with pytest.raises(Refused, match="先恢复"):
        VerifyContact(people.wangli.actor, now, one, TODAY).do()
    RestoreContact(people.wangli.actor, now, one).do()
    assert len(contacts.usable(contacts.of([units["cup"].pk])[units["cup"].pk])) == 1
    with pytest.raises(Refused, match="没有写原因"):
        MarkInvalid(people.wangli.actor, now, one, " ").do()


def names(people, tab):
    rows = contacts.tab(contacts.standing(people.wangli.actor.scope), tab, TODAY)
    return sorted(row.name[3:5] for row in rows)


def test_the_tabs_count_by_hand(add, people, now, units):
    assert names(people, "none") == ["恒岳", "铭锐"]
    one = add(verified=date(2025, 3, 19))
    assert (names(people, "none"), names(people, "stale")) == (["铭锐"], ["恒岳"])
    VerifyContact(people.wangli.actor, now, one, date(2025, 3, 20)).do()
    assert names(people, "stale") == []
    MarkInvalid(people.wangli.actor, now, one, "停机").do()
    assert (names(people, "none"), names(people, "invalid"), names(people, "all")) == (["恒岳", "铭锐"], ["恒岳"], ["恒岳", "铭锐"])


@pytest.mark.parametrize(("days", "stale"), [(30, ["恒岳"]), (31, [])])
def test_a_place_says_after_how_many_days_a_number_is_asked_for_again(people, add, settings, days, stale):
    settings.WUSHANG_CONTACT_DAYS = days
    add(verified=TODAY - timedelta(days=31))
    assert names(people, "stale") == stale


def test_contacts_follow_a_merged_enterprise(add, people, now, units):
    add(unit="door")
    commit = landing.start("merge", "归并", people.wangli.actor, now)
    old = EnterpriseVersion.objects.get(enterprise=units["door"])
    landing.claim(commit, EnterpriseVersion, [old.pk])
    landing.load(commit, EnterpriseVersion, [{"enterprise_id": old.enterprise_id, "name": old.name, "plain_name": old.name,
                                              "region": old.region, "merged_into_id": units["cup"].pk, "former_names": []}])  # fmt: skip
    landing.publish(commit, now)
    assert [c.name for c in contacts.usable(contacts.of([units["cup"].pk])[units["cup"].pk])] == ["张三丰"]
    assert (names(people, "none"), names(people, "all")) == ([], ["恒岳"])


FILE = f"""联系人名单
单位名称,统一社会信用代码,角色,姓名,手机,来源,核实日期
云溪市恒岳杯业有限公司,{CUP},主要负责人,张三丰,138 0000 1111,镇街核实,2026年3月5日
,{DOOR},经办人,李四,13900002222,,
云溪市老岳杯厂,,经办人,王五,0579-87654321,,2026/3/1
外县远山木业有限公司,{FAR},经办人,赵六,13700003333,,
云溪市铭锐门业有限公司,{CUP},经办人,钱七,13600004444,,
云溪市恒岳杯业有限公司,,厂长,,1.38E+10,,2027-01-01
"""


def test_each_row_is_taken_or_told_with_its_row_number(people, units):
    done = checked(people, FILE)
    assert [(r.number, r.enterprise, r.role, r.verified) for r in done.ready] == [
        (3, units["cup"].pk, "head", date(2026, 3, 5)), (4, units["door"].pk, "handler", None),
        (5, units["cup"].pk, "handler", date(2026, 3, 1)),
    ]  # fmt: skip
    assert [(f.raw.number, [p.code for p in f.problems]) for f in done.faulty] == [
        (6, ["unknown"]), (7, ["two_units"]), (8, ["role", "person", "phone", "verified"])
    ]  # fmt: skip
    assert len(done.ready) + len(done.faulty) == 6


def test_the_columns_of_the_practice_city_are_known(people, units):
    text = f"uscc,enterprise,role,name,phone,source,verified\n{CUP},云溪市恒岳杯业有限公司,工伤经办人,李四,10012345678,企业自报,2026-01-02\n"
    assert [(r.name, r.phone) for r in checked(people, text).ready] == [("李四", "10012345678")]


def test_a_wrong_code_and_an_ambiguous_name_are_told(people, units, now):
    EnterpriseVersion.objects.filter(enterprise=units["door"]).update(name="云溪市恒岳杯业有限公司")
    done = checked(people, f"单位名称,信用代码,角色,姓名,电话\n云溪市恒岳杯业有限公司,,经办人,李四,13900002222\n恒岳,{CUP[:-1]},经办人,李四,13900002222\n")
    assert [[p.code for p in f.problems] for f in done.faulty] == [["ambiguous"], ["uscc"]]


def test_the_same_file_twice_changes_nothing(people, units, now):
    def take():
        taken = ImportContacts(people.wangli.actor, now, checked(people, FILE).ready, "名单.csv").do()
        return (taken.added, taken.renewed, taken.same, len(taken.kept))

    assert take() == (3, 0, 0, 0)
    before = list(Contact.objects.order_by("pk").values_list("pk", "verified"))
    assert take() == (0, 0, 3, 0)
    assert list(Contact.objects.order_by("pk").values_list("pk", "verified")) == before


def test_a_later_day_renews_an_earlier_one_does_not_bring_back_an_invalid_number(add, people, now):
    one = add(verified=date(2026, 3, 1))

    def take(day):
        text = f"单位名称,角色,姓名,手机,核实日期\n云溪市恒岳杯业有限公司,主要负责人,张三丰,13800001111,{day}\n"
        return ImportContacts(people.wangli.actor, now, checked(people, text).ready, "名单.csv").do()

    assert take("2026-03-05").renewed == 1
    assert Contact.objects.get().verified == date(2026, 3, 5)
    MarkInvalid(people.wangli.actor, now, one, "停机").do()
    kept = take("2026-03-10").kept
    assert kept[0][0] == 2 and "标为无效" in kept[0][1]
    assert Contact.objects.get().invalid_since == TODAY


def test_another_name_for_the_same_number_without_a_later_day_is_kept_and_told(add, people, now):
    add(verified=date(2026, 3, 1))
    text = "单位名称,角色,姓名,手机\n云溪市恒岳杯业有限公司,主要负责人,张四丰,13800001111\n"
    taken = ImportContacts(people.wangli.actor, now, checked(people, text).ready, "名单.csv").do()
    assert "另一个姓名" in taken.kept[0][1]
    assert Contact.objects.get().name == "张三丰"


def test_rows_outside_the_scope_are_refused_by_the_deed_too(people, units, now):
    ready = checked(people, FILE).ready
    with pytest.raises(NotAllowed):
        ImportContacts(people.linwai.actor, now, ready, "名单.csv").do()
    assert not Contact.objects.exists()


def test_a_file_without_a_header_or_of_another_kind_says_what_is_missing():
    with pytest.raises(Refused, match="没有找到表头"):
        read("单位,人数\n恒岳,58\n")
    with pytest.raises(Refused, match="打不开"):
        contact_file.read(b"\xff\xfe\x00\x81\x00", "名单.doc")
    with pytest.raises(Refused, match="打不开"):
        contact_file.read(b"PK\x03\x04 broken", "名单.xlsx")
    with pytest.raises(Refused, match="行和列分不清"):
        read('单位名称,角色,姓名,手机\n"' + "恒岳" * 100_000)  # an unclosed quotation mark


def test_gb18030_and_xlsx_give_the_same_rows(people, units):
    from io import BytesIO

    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    for place, line in enumerate(FILE.splitlines()):
        for column, cell in enumerate(line.split(",")):
            number = cell.isdigit() and len(cell) == 11
            page.write_number(place, column, int(cell)) if number else page.write_string(place, column, cell)
    book.close()
    first = [raw.cells for raw in read(FILE)]
    assert [raw.cells for raw in contact_file.read(FILE.encode("gb18030"), "名单.csv")] == first
    assert [raw.cells for raw in contact_file.read(out.getvalue(), "名单.xlsx")] == first
