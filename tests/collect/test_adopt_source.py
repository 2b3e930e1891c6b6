"""报送表: a changed or new yaml takes force by a person with the right, and says first what it changes."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from wushang.collect.deeds.adopt_source import AdoptSource
from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.inforce import in_force
from wushang.collect.models import SourceVersion
from wushang.collect.source import shipped
from wushang.collect.todo import items
from wushang.people.deed import NotAllowed
from wushang.people.models import Department, User
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db
OLD = shipped()["disease_hazards"].text
NEWER = OLD.replace("titles: [备注,", "titles: [补充说明, 备注,")


@pytest.fixture(autouse=True)
def _fresh_passwords(people):
    User.objects.update(password_set=timezone.now())


def test_the_test_s_own_change_is_a_change():
    assert NEWER != OLD


def test_a_new_version_takes_force_and_the_old_one_is_kept(people, now):
    first = in_force("disease_hazards", now)
    AdoptSource(people.lijianguo.actor, now, NEWER, "4月起用新表样").do()
    assert in_force("disease_hazards", now).text == NEWER
    assert SourceVersion.objects.get(pk=first.pk).text == OLD


def test_an_earlier_version_can_be_put_in_force_again(people, now):
    in_force("disease_hazards", now)
    later = now.replace(hour=5)
    AdoptSource(people.lijianguo.actor, later, NEWER, "新表样").do()
    AdoptSource(people.lijianguo.actor, later.replace(hour=6), OLD, "新表样有误").do()
    assert in_force("disease_hazards", now).text == OLD
    assert SourceVersion.objects.filter(source="disease_hazards").count() == 2


def test_a_table_that_lands_nowhere_is_checked_and_never_confirmed(client, people, now):
    text = (Path(__file__).parent / "sources/tw_disasters.yaml").read_text("utf-8")
    AdoptSource(people.lijianguo.actor, now, text, "试一张别处的表").do()
    content = "編號,事業單位,災害類型,罹災人數（數量）,發生日期\n1,甲公司,感電,1,2022-03-05\n".encode()
    batch = ReceiveFile(people.wangli.actor, now, content, "災害.csv", Department.objects.get(code="990100-em"), "tw_disasters").do()
    check(batch, now)
    batch.refresh_from_db()
    assert (batch.state, batch.rows) == ("checked", 1), batch.problem
    with pytest.raises(Refused, match="没有写入库到哪张表"):
        ConfirmBatch(people.wangli.actor, now, batch, "试").do()
    client.force_login(people.wangli)
    page = client.get(reverse("collect:batch", args=[batch.pk])).content.decode()
    assert "这张表不入事实库" in page and "确认入库</button>" not in page and "与上次没有不同" not in page
    assert not [one for one in items(people.wangli.actor, now.date()) if f"/collect/{batch.pk}/" in one.url]


def test_a_clerk_may_map_but_not_put_a_yaml_in_force(people, now):
    with pytest.raises(NotAllowed):
        AdoptSource(people.wangli.actor, now, NEWER, "新表样").do()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OLD, "现在就在用"),
        (OLD.replace("key: [", "key: [note, "), "改了主键"),
        (OLD.replace("type: date", "type: day"), "报送表定义有误"),
        ("id: ../etc\n", "没有写报送表的编号"),
        ("{", "不是能读的 yaml"),
        (NEWER.replace("departments: [health]", "departments: [helth]"), "“helth”不是部门种类。"),
        (NEWER.replace("lands: DiseaseHazard", "lands: Hazards"), "“Hazards”不是数据池的表。"),
    ],
)
def test_what_cannot_be_used_is_refused_in_plain_words(people, now, text, said):
    in_force("disease_hazards", now)
    with pytest.raises(Refused, match=said):
        AdoptSource(people.lijianguo.actor, now, text, "新表样").do()


def test_the_page_shows_what_differs_before_anything_takes_force(client, people):
    client.force_login(people.lijianguo)
    client.get(reverse("collect:sources"))
    sent = SimpleUploadedFile("x.yaml", NEWER.encode())
    page = client.post(reverse("collect:adopt"), {"file": sent}).content.decode()
    assert "“备注”增加列名" in page or "增加列名：补充说明" in page
    assert SourceVersion.objects.filter(source="disease_hazards").count() == 0
    page = client.post(reverse("collect:adopt"), {"act": "adopt", "text": NEWER, "reason": "新表样"}, follow=True).content.decode()
    assert "新版本已启用" in page and "增加列名：补充说明" in page
    version = SourceVersion.objects.filter(source="disease_hazards").first()
    assert client.get(reverse("collect:source_text", args=["disease_hazards", version.pk])).content.decode() == NEWER


def test_who_only_uploads_sees_the_tables_and_no_button(client, people):
    client.force_login(people.wangli)
    page = client.get(reverse("collect:sources")).content.decode()
    assert "样表" in page and "换新版或加一张新表" not in page
    assert client.post(reverse("collect:adopt")).status_code == 403


def test_looking_at_tables_writes_nothing_and_each_can_be_looked_at_as_shipped(client, people):
    client.force_login(people.wangli)
    for name, args in (("sources", []), ("batches", []), ("calendar", []), ("source", ["penalties"]), ("sample", ["penalties"])):
        assert client.get(reverse(f"collect:{name}", args=args)).status_code == 200, name
    assert not SourceVersion.objects.exists()
    page = client.get(reverse("collect:source", args=["penalties"]))
    assert [row["version"].pk for row in page.context["rows"]] == [None] and "随平台提供" in page.content.decode()


def test_what_was_shipped_can_be_gone_back_to_though_no_file_was_read_with_it(people, now):
    AdoptSource(people.lijianguo.actor, now, NEWER, "新表样").do()
    assert {one.text for one in SourceVersion.objects.filter(source="disease_hazards")} == {OLD, NEWER}
    assert in_force("disease_hazards", now).text == NEWER
