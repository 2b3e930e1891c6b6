"""A department's system sends rows by itself: token, answers row by row, the same request twice, limits."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from wushang.collect.models import Arrival, Batch
from wushang.integrate.waiting import land_waiting
from wushang.people.deed import NotAllowed
from wushang.people.deeds.issue_token import IssueToken, RevokeToken
from wushang.people.models import AuditEntry, Department, Machine
from wushang.pool.models import Report
from wushang.terms.problem import Refused
from wushang.web.api import Readable

pytestmark = pytest.mark.django_db
ROWS = "/api/collect/sources/injury_recognition/rows"
GOOD = {
    "受理编号": "工〔2026〕1号",
    "单位名称": "甲公司",
    "姓名": "张三",
    "证件号码": "11010519491231002X",
    "事故时间": "2026-03-05",
    "申请日期": "2026-03-09",
}
WRONG = {**GOOD, "受理编号": "工〔2026〕2号", "事故时间": "2026-13-02"}
ANSWER = {"code", "column", "value", "why", "remedy", "also"}


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def issue(people, now):
    """issue("990100-hrss", confirms=True) → the machine and its plain token."""

    def go(department="990100-hrss", sources=("injury_recognition",), **more):
        said = {"expires": date(2026, 12, 31), "name": f"{department}系统", **more}
        return IssueToken(
            people.admin.actor, now, department=Department.objects.get(code=department), sources=list(sources), **said
        ).do()

    return go


@pytest.fixture
def send(issue):
    """send([rows], key="k") → status and answer."""
    token = issue().token

    def go(rows, token=token, key="", path=ROWS, kind="application/json", **query):
        body = rows if isinstance(rows, (bytes, str)) else json.dumps({"rows": rows}, ensure_ascii=False)
        headers = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        answer = Client().post(f"{path}?{asked}", body, content_type=kind, headers=headers)
        return answer.status_code, answer.json()

    return go


def states(answer) -> list[str]:
    return [row["state"] for row in answer["answers"]]


def test_a_needed_value_that_no_row_tells_is_missing_in_each_row_and_can_be_told_later(send):
    short = {name: value for name, value in GOOD.items() if name not in ("申请日期", "单位名称")}
    status, answer = send([short])
    assert (status, answer["state"], answer["absent"], states(answer)) == (201, "checked", [], ["quarantined"])
    problems = answer["answers"][0]["problems"]
    assert {(one["code"], one["column"]) for one in problems} == {("required", "申请日期"), ("required", "单位名称")}
    status, answer = send([GOOD])
    assert (status, states(answer)) == (201, ["accepted"])


def test_rows_of_another_table_are_not_taken_for_rows_with_everything_missing(send):
    _status, answer = send([{"甲": "1", "乙": "2", "姓名": "张三"}])
    assert (answer["state"], answer["problem"]["code"], answer["answers"]) == ("unmapped", "no_header", [])


def test_each_row_is_answered_and_the_four_numbers_tie(send):
    status, answer = send([GOOD, GOOD, WRONG, {**GOOD, "受理编号": "合计"}])
    assert status == 201
    assert states(answer) == ["accepted", "duplicate", "quarantined", "not_a_row"]
    assert answer["answers"][1]["repeats"] == 1
    problem = answer["answers"][2]["problems"][0]
    assert (problem["code"], problem["column"], problem["value"]) == ("unreadable_date", "事故时间", "2026-13-02")
    assert problem["why"] and problem["remedy"]
    assert answer["rows"] == 4 == answer["accepted"] + answer["duplicates"] + answer["quarantined"] + answer["not_rows"]
    assert Batch.objects.get().state == Batch.CHECKED


def test_the_rows_are_a_delivery_like_any_other(send, people, now):
    send([GOOD])
    batch = Batch.objects.get()
    assert (batch.sender.code, batch.rows, batch.taken) == ("990100-hrss", 1, 1)
    assert batch.arrival.way == Arrival.API and batch.arrival.machine.name == "990100-hrss系统"
    said = AuditEntry.objects.get(verb="collect.upload", detail__act="ReceiveFile")
    assert (said.name, said.via, said.user) == ("990100-hrss系统", "api", None)


def test_ndjson_and_field_names_are_understood_and_long_numbers_keep_their_digits(send):
    lines = [
        {
            "number": "a1",
            "employer_name": "甲公司",
            "worker": "张三",
            "insurance_number": 91330100123456789012345,
            "occurred": "2026-03-05",
            "reported": "2026-03-09",
        }
    ]
    status, answer = send("\n".join(json.dumps(line) for line in lines), kind="application/x-ndjson")
    assert (status, states(answer)) == (201, ["accepted"])
    from wushang.collect import shelf

    assert (
        shelf.kept_file(Batch.objects.get().digest).decode().splitlines()[1].split(",")[3] == "91330100123456789012345"
    )


def test_one_row_may_tell_by_titles_and_the_next_by_field_names(send):
    named = {"number": "工〔2026〕2号", "单位": "", "用人单位": "乙公司", "worker": "李四", "occurred": "2026-03-06", "reported": "2026-03-09"}
    status, answer = send([GOOD, named])
    assert status == 201 and states(answer) == ["accepted", "accepted"]
    both = {**GOOD, "受理编号": "工〔2026〕3号", "number": "工〔2026〕4号"}
    status, answer = send([both])
    assert states(answer) == ["accepted"] and "未用到的列：受理编号" in "".join(answer["notes"]), "said twice, and not the same: it is told"


def test_answers_are_readable_as_they_come(issue):
    said = Client().get("/api/collect/sources", headers={"Authorization": f"Bearer {issue().token}"}).content
    assert "工伤认定" in said.decode("utf-8")
    assert Readable().render(None, {"a": "工\ud800"}, response_status=200) == '{"a": "工\\ud800"}'.encode()


def test_check_only_says_the_same_and_keeps_nothing(send):
    status, answer = send([GOOD, GOOD, WRONG], check_only="true")
    assert (status, answer["state"], answer["batch"]) == (200, "check_only", None)
    assert states(answer) == ["accepted", "duplicate", "quarantined"]
    assert not Batch.objects.exists()


def test_the_same_key_answers_the_same_delivery_and_another_body_is_refused(send):
    first, again = send([GOOD], key="k1"), send([GOOD], key="k1")
    assert (first[0], again[0], again[1]["again"]) == (201, 200, True)
    assert first[1]["batch"] == again[1]["batch"] and Batch.objects.count() == 1
    status, answer = send([WRONG], key="k1")
    assert (status, answer["code"], set(answer)) == (409, "key_used", ANSWER)


def test_the_same_rows_without_a_key_are_known_again_by_their_content(send):
    send([GOOD])
    status, answer = send([GOOD])
    assert (status, answer["again"]) == (200, True)
    assert Batch.objects.count() == 1


def test_another_machines_key_is_its_own(send, issue):
    other = issue(name="另一个系统").token
    assert send([GOOD], key="k1")[0] == 201
    assert send([WRONG], key="k1", token=other)[0] == 201


def test_a_machine_made_so_has_its_clean_rows_taken_in_without_a_person(send, issue, now):
    token = issue(name="自动", confirms=True).token
    status, answer = send([GOOD], token=token)
    assert (status, answer["state"]) == (201, "confirmed")
    assert land_waiting(now) == 1
    assert Report.objects.current().get().key == "工〔2026〕1号"


def test_a_machine_without_that_right_waits_for_a_person(send, now):
    assert send([GOOD])[1]["state"] == "checked"
    assert land_waiting(now) == 0


@pytest.mark.parametrize(("token", "why"), [("wsh_wrong", "令牌不对"), ("", "令牌不对")])
def test_an_unknown_token_opens_nothing(send, token, why):
    status, answer = send([GOOD], token=token)
    assert (status, answer["code"], set(answer)) == (401, "token", ANSWER)
    assert why in answer["why"]


def test_a_revoked_and_an_expired_token_open_nothing(send, issue, people, now, monkeypatch):
    one = issue(name="撤销的")
    RevokeToken(people.admin.actor, now, one.machine, "令牌外泄").do()
    assert send([GOOD], token=one.token)[1]["why"] == "这个令牌已经撤销。"
    two = issue(name="到期的", expires=date(2026, 3, 21))
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=2))
    status, answer = send([GOOD], token=two.token)
    assert (status, answer["why"]) == (401, "这个令牌 2026-03-21 到期。")
    assert not Batch.objects.exists()


def test_the_plain_token_is_kept_nowhere(issue):
    made = issue()
    assert made.token not in json.dumps(
        [list(Machine.objects.values_list()), list(AuditEntry.objects.values_list())], default=str
    )


def test_only_an_administrator_issues_tokens(people, now):
    own = Department.objects.get(code="990100-hrss")
    with pytest.raises(NotAllowed):
        IssueToken(people.wangli.actor, now, "系统", own, ["register"], date(2026, 12, 31)).do()
    with pytest.raises(Refused):
        IssueToken(people.admin.actor, now, "系统", own, ["register"], date(2028, 12, 31)).do()


def test_a_machine_sends_for_no_other_department_and_no_other_table(send):
    status, answer = send([GOOD], sender="990100-agency")
    assert (status, answer["code"]) == (422, "sender")
    status, answer = send([GOOD], path="/api/collect/sources/register/rows")
    assert (status, answer["code"]) == (422, "source")


def test_a_machine_sees_its_own_deliveries_only(send, issue):
    batch = send([GOOD, WRONG])[1]["batch"]
    other = issue(name="另一个系统").token
    address = f"/api/collect/batches/{batch}/rows"
    assert Client().get(address, headers={"Authorization": f"Bearer {other}"}).status_code == 404


def test_the_answers_can_be_asked_page_by_page(issue):
    token = issue().token
    headers = {"Authorization": f"Bearer {token}"}
    sent = Client().post(
        ROWS, json.dumps({"rows": [GOOD, GOOD, WRONG]}), content_type="application/json", headers=headers
    )
    answer = Client().get(f"/api/collect/batches/{sent.json()['batch']}/rows?page=2&size=2", headers=headers).json()
    assert (answer["rows"], [row["row"] for row in answer["answers"]], states(answer)) == (3, [3], ["quarantined"])


def test_a_token_opens_no_other_operation(issue):
    headers = {"Authorization": f"Bearer {issue().token}"}
    assert Client().get("/api/batches", headers=headers).status_code == 401
    assert Client().get("/api/enterprises", headers=headers).status_code == 401


def test_a_whole_file_is_taken_too(issue):
    from web.filed import claims

    headers = {"Authorization": f"Bearer {issue().token}"}
    answer = Client().post("/api/collect/sources/injury_recognition/file", {"file": claims()}, headers=headers)
    assert (answer.status_code, answer.json()["rows"], answer.json()["quarantined"]) == (201, 3, 2)
    rows = Client().get(f"/api/collect/batches/{answer.json()['batch']}/rows", headers=headers).json()["answers"]
    assert [(row["row"], row["state"]) for row in rows] == [(2, "accepted"), (3, "quarantined"), (4, "quarantined")]


def test_too_many_requests_a_minute_are_told_to_wait(send, settings):
    settings.WUSHANG_API_PER_MINUTE = 2
    assert [send([GOOD], check_only="true")[0] for _ in range(3)] == [200, 200, 429]


def test_too_many_rows_and_a_body_too_long_are_refused_with_the_limit(send, settings, monkeypatch):
    settings.WUSHANG_API_ROWS = 2
    status, answer = send([GOOD, WRONG, GOOD])
    assert (status, answer["code"]) == (422, "many_rows") and "2 行" in answer["why"]
    monkeypatch.setattr("wushang.collect.api_machine.LARGEST_BODY", 100)
    assert send([GOOD])[1]["code"] == "large_body"


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"", "body"), (b"{", "body"), (b"[1]", "row"), (b'{"rows": 3}', "body"), (b'{"rows": []}', "no_rows"),
     (b'{"rows": [{"a": ""}]}', "empty_row"), (b'{"rows": [{"a": [1]}]}', "value"), (b'{"rows": [{"a": "\\ud800"}]}', "value"),
     (b'{"rows": [{"a": "\\u0000"}]}', "value"), (b"\xff\xfe", "body"), (b"[" * 100000, "body")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_sentence(send, body, code):
    status, answer = send(body)
    assert (status, answer["code"]) == (422, code)
    assert answer["why"] and answer["remedy"] and not Batch.objects.exists()


def test_a_cell_full_of_separators_does_not_move_the_others(send):
    status, answer = send(
        [{**GOOD, "事故经过": 'a;b;c\td\te,f,"g"' * 9}, {**GOOD, "受理编号": "工〔2026〕9号", "事故经过": "两行\n一格"}]
    )
    assert (status, states(answer)) == (201, ["accepted", "accepted"])


def test_an_expired_password_is_told_in_json_and_a_page_still_leads_to_the_form(people, client):
    people.wangli.must_change_password = True
    people.wangli.save()
    client.force_login(people.wangli, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/api/batches")
    assert (answer.status_code, answer.json()["code"], set(answer.json())) == (403, "password", ANSWER)
    assert client.get("/collect/")["Location"] == client.get("/api/docs")["Location"] == "/people/password/"
