"""机器接口: who gets in, what each operation answers (counted by hand from town.py), and how many queries it takes."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from judge.town import Town as Judged
from web.filed import CLAIMS, GAOTAI, claims
from web.town import CUP_CODE

from wushang.collect.command import report
from wushang.collect.models import Batch
from wushang.integrate.waiting import land_waiting, undo_waiting
from wushang.judge.models import Finding, PolicyVersion
from wushang.judge.run import run
from wushang.people.models import Appointment, AuditEntry, Role
from wushang.pool import snapshot
from wushang.pool.models import Enterprise, EnterpriseVersion
from wushang.pool.models.clock import latest
from wushang.warn.models import Warning
from wushang.web.api import operations

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def ask(people):
    """ask("wangli", "/enterprises", page=2) → status, answer; with `send` it is a POST."""

    def go(who: str, path: str, send=None, **query):
        client = Client()
        if who:
            client.force_login(getattr(people, who), backend=BACKEND)
        address = path if path.startswith("/api") else f"/api{path}"
        if send is None:
            response = client.get(address, query)
        elif any(hasattr(value, "read") for value in send.values()):
            response = client.post(address, send)
        else:
            response = client.post(address, send, content_type="application/json")
        return response.status_code, response.json()

    return go


def ids(answer: dict, name: str) -> list:
    return [row[name] for row in answer["items"]]


# ---- the doors


def sample(door) -> tuple:
    send = None if door.method == "GET" else {"file": claims()} if door.id in ("collect.upload", "collect.file") else door.body
    return door.url({}), send


def test_every_operation_says_who_may_enter_and_some_role_may(people) -> None:
    given = {verb for role in Role.objects.all() for verb in role.verbs}
    assert len(operations()) >= 27
    for door in operations():
        assert door.verbs and set(door.verbs) <= given, door.id


def test_nobody_gets_in_without_signing_in(town, ask) -> None:
    for door in operations():
        status, answer = ask("", *sample(door))
        assert (status, answer["code"]) == (401, "sign_in"), door.id
        assert set(answer) == {"code", "column", "value", "why", "remedy", "also"}


def test_who_lacks_the_verb_is_told_so(town, ask) -> None:
    """The system administrator keeps accounts and sees no data."""
    for door in operations():
        status, answer = ask("admin", *sample(door))
        assert (status, answer["code"]) == (403, "not_allowed"), door.id


def test_an_outsider_gets_empty_lists_and_nothing_by_number(town, ask) -> None:
    """林外 has every verb of a clerk, in another county, where nobody was hurt."""
    town.spring().case(town.cup, date(2026, 3, 1))
    EnterpriseVersion.objects.filter(enterprise=town.away).update(region="990300001")
    snapshot.build(town.now, full=True)
    known = {"enterprise": town.cup, "batch": arrived(town, ask), "injury": town.first, "finding": Finding.objects.get().pk,
             "warning": Warning.objects.get().pk, "version": Finding.objects.get().version_id}  # fmt: skip
    for door in operations():
        if door.id in ("analyse.measures", "analyse.dimensions", "collect.sources", "collect.upload", "collect.file", "collect.rows"):
            continue  # no data of anybody; what brings files has tests of its own
        status, answer = ask("linwai", door.url(known), None if door.method == "GET" else door.body)
        if door.id == "analyse.cube":
            assert (status, [value["value"] for value in answer["total"].values()]) == (200, [0, None]), answer
        elif door.id == "analyse.quality":
            assert (status, answer) == (200, []), answer
        elif "items" in answer:
            assert (status, answer["items"], answer.get("count", 0)) == (200, [], 0), door.id
        else:
            assert (status, answer.get("code")) == (404, "not_found"), (door.id, answer)


def test_an_outsider_can_bring_no_file_for_another_county(town, ask) -> None:
    status, answer = ask("linwai", "/batches", {"file": claims(), "sender": "990100-hrss"})
    assert (status, answer["code"], answer["column"], answer["value"]) == (422, "which_sender", "sender", "990100-hrss")
    assert not Batch.objects.exists()


def test_writing_needs_the_csrf_token_and_reading_does_not(town, people) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.wangli, backend=BACKEND)
    assert client.get("/api/enterprises").status_code == 200
    refused = client.post("/api/batches", {"file": claims()})
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf")
    client.get("/collect/")  # a page with a form sets the cookie
    token = client.cookies["csrftoken"].value
    assert client.post("/api/batches", {"file": claims()}, headers={"X-CSRFToken": token}).status_code == 201


def test_another_method_is_refused_in_the_same_form(town, people) -> None:
    client = Client()
    client.force_login(people.wangli, backend=BACKEND)
    answer = client.delete("/api/enterprises")
    assert (answer.status_code, answer.json()["code"], answer["Allow"]) == (405, "method", "GET")


@pytest.mark.parametrize(
    ("path", "query", "column"),
    [
        ("/enterprises", {"page": "0"}, "page"),
        ("/enterprises", {"size": "501"}, "size"),
        ("/enterprises", {"q": "a\0b"}, "q"),
        ("/enterprises/x", {}, "enterprise"),
        ("/enterprises/99999999999999999999999", {}, "enterprise"),
        ("/injuries", {"from": "2026-13-02"}, "from"),
        ("/headcounts", {"known": "-1"}, "known"),
        ("/measures/injury_events", {"as_of": "0001-01-01"}, "as_of"),
        ("/measures/injury_events", {"basis": "died"}, "basis"),
        ("/measures/injury_events", {"window": "last_999_months"}, "window"),
        ("/warnings", {"level": "purple"}, "level"),
    ],
)
def test_bad_input_is_told_with_its_place_and_remedy(town, ask, path, query, column) -> None:
    status, answer = ask("wangli", path, **query)
    assert (status, answer["column"]) == (422, column)
    assert answer["value"] == query.get(column, path.split("/")[-1])[:100]
    assert answer["why"] and answer["remedy"]


# ---- 数据池


def test_enterprises_are_found_and_paged(town, ask) -> None:
    town.spring()
    assert ids(ask("wangli", "/enterprises")[1], "enterprise") == [town.cup, town.door]
    assert ids(ask("zhanghaiyan", "/enterprises")[1], "enterprise") == [town.cup]  # 东城街道 only
    status, answer = ask("wangli", "/enterprises", page=2, size=1)
    assert (status, answer["count"], answer["page"], ids(answer, "enterprise")) == (200, 2, 2, [town.door])
    assert ids(ask("wangli", "/enterprises", q="石塘")[1], "enterprise") == [town.door]
    assert ids(ask("wangli", "/enterprises", q=CUP_CODE.lower())[1], "enterprise") == [town.cup]
    assert ids(ask("wangli", "/enterprises", region="990100002")[1], "enterprise") == [town.door]


def test_an_enterprise_has_its_versions_and_is_told_as_it_was_known(town, ask) -> None:
    old = EnterpriseVersion.objects.get(enterprise=town.door)
    first, before = old.recorded.number, latest()
    row = {"enterprise_id": town.door, "name": "云溪市石塘木门有限公司", "plain_name": "石塘木门", "region": "990100002", "industry": "C2032"}
    after = town.land(EnterpriseVersion, row, replaces=[old.pk])
    now, then = (ask("wangli", f"/enterprises/{town.door}", **query)[1] for query in ({}, {"known": before}))
    assert (now["name"], now["known"], len(now["versions"])) == ("云溪市石塘木门有限公司", after, 2)
    assert [(v["recorded"], v["superseded"]) for v in now["versions"]] == [(first, after), (after, None)]
    assert (then["name"], then["industry"], [v["superseded"] for v in then["versions"]]) == ("云溪市石塘门业有限公司", "C3312", [None])
    assert ask("wangli", f"/enterprises/{town.door}", known=first - 1)[0] == 404
    assert ids(ask("wangli", "/enterprises", known=before, region="990100002")[1], "name") == ["云溪市石塘门业有限公司"]


def test_injuries_come_by_codes_and_days(town, ask) -> None:
    town.spring()
    status, answer = ask("wangli", "/injuries")
    assert (status, answer["count"]) == (200, 7)
    assert ids(ask("wangli", "/injuries", enterprise=town.door)[1], "occurred") == ["2026-02-17", "2025-02-07"]
    inside = ask("wangli", "/injuries", **{"from": "2026-01-05", "to": "2026-02-08"})[1]
    assert sorted(ids(inside, "occurred")) == ["2026-01-05", "2026-02-06", "2026-02-08"]
    assert ids(ask("wangli", "/injuries", known=0)[1], "injury") == []
    assert ask("zhanghaiyan", "/injuries")[1]["count"] == 5


def test_what_tells_of_a_person_is_for_case_analysis_only(town, ask) -> None:
    town.injure(date(2026, 2, 9), part="03", grade=7, workshop="抛光车间", post="抛光工")
    [mine] = ask("wangli", "/injuries")[1]["items"]
    [theirs] = ask("fangzhiqiang", "/injuries")[1]["items"]
    assert (mine["part"], mine["grade"], mine["post"]) == ("03", 7, "抛光工")
    assert [theirs[name] for name in ("worker", "part", "nature", "grade", "sex", "age_band", "workshop", "workshop_kind", "post", "post_kind")] == [None] * 10
    assert theirs["severity"] == "minor" and "张" not in str(theirs)


def test_a_person_of_two_appointments_analyses_the_cases_of_one_place_only(town, ask) -> None:
    """张海燕 is the township's in 东城街道 and the clerk's stand-in in 石塘镇."""
    here, there = (town.injure(date(2026, 2, 9), at=unit, grade=7, post="抛光工") for unit in (town.cup, town.door))
    town.injure(date(2026, 2, 10), at=town.cup, host_id=town.door, grade=5)
    Appointment.objects.create(user=town.people.zhanghaiyan, role=Role.objects.get(code="clerk"), regions=["990100002"])
    told = {row["injury"]: (row["grade"], row["post"]) for row in ask("zhanghaiyan", "/injuries")[1]["items"]}
    assert (told.pop(here), told.pop(there)) == ((None, None), (7, "抛光工"))
    assert list(told.values()) == [(5, "")]  # hired out to a unit of 石塘镇


def test_headcounts_come_by_month(town, ask) -> None:
    town.spring()
    answer = ask("wangli", "/headcounts", **{"from": "2026-01-01", "enterprise": town.cup})[1]
    assert [(row["month"], row["insured"], row["rate"]) for row in answer["items"]] == [("2026-02-01", 100, 8000), ("2026-01-01", 100, 8000)]
    assert ask("wangli", "/headcounts")[1]["count"] == 8
    assert ask("zhanghaiyan", "/headcounts")[1]["count"] == 4


def touch(town, *commits: tuple[int, list[int]]) -> None:
    from wushang.pool.models import Commit

    for number, units in commits:
        Commit.objects.filter(number=number).update(enterprises=units)


def test_the_clock_tells_only_of_changes_to_ones_own(town, ask) -> None:
    touch(town, (1, [town.cup]), (2, [town.door, town.cup]), (3, [town.away]))
    status, answer = ask("wangli", "/commits")
    assert (status, answer["latest"], answer["next"]) == (200, 3, 3)
    assert [(row["number"], row["enterprises"]) for row in answer["items"]] == [(1, 1), (2, 2)]
    first = ask("wangli", "/commits", size=1)[1]
    assert (ids(first, "number"), first["next"]) == ([1], 1)
    assert ids(ask("wangli", "/commits", after=1)[1], "number") == [2]
    assert ids(ask("zhanghaiyan", "/commits")[1], "enterprises") == [1, 1]
    assert ids(ask("linwai", "/commits")[1], "number") == [3]


# ---- 收集


def arrived(town, ask) -> int:
    return ask("wangli", "/batches", {"file": claims()})[1]["batch"]


def test_an_upload_answers_what_the_command_prints(town, ask) -> None:
    status, answer = ask("wangli", "/batches", {"file": claims()})
    batch = Batch.objects.get()
    told = report(batch, "工伤认定.csv", 0)
    assert status == 201 and {**answer, "seconds": 0} == {**told, "seconds": 0}
    assert (answer["state"], answer["rows"], answer["accepted"], answer["quarantined_rows"]) == ("checked", 3, 1, 2)
    assert AuditEntry.objects.filter(verb="collect.upload", via="api", name="王丽").count() == 1


def test_the_same_file_again_changes_nothing(town, ask) -> None:
    first = arrived(town, ask)
    status, answer = ask("wangli", "/batches", {"file": claims("改了名.csv")})
    assert (status, answer["same_file"], answer["batch"], Batch.objects.count()) == (200, True, first, 1)


def test_a_file_that_is_no_table_of_ours_is_refused(town, ask) -> None:
    status, answer = ask("wangli", "/batches", {"file": claims("x.csv", "甲,乙\n1,2\n")})
    assert (status, answer["code"]) == (422, "which_source") and "样表" in answer["remedy"]
    assert ask("wangli", "/batches", {"sender": "990100-hrss"})[1]["column"] == "file"


def test_batches_tie_and_their_problems_hold_nothing_personal(town, ask) -> None:
    pk = arrived(town, ask)
    status, one = ask("wangli", f"/batches/{pk}")
    numbers = one["numbers"]
    assert status == 200 and (one["state"], one["source"]) == ("checked", "injury_recognition")
    assert (numbers["rows"], numbers["taken"], numbers["doubles"], numbers["waiting"]) == (3, 1, 0, 2)
    assert ask("wangli", "/batches", source="injury_recognition", state="checked")[1]["items"] == [one]
    assert ask("wangli", "/batches", state="landed")[1]["count"] == 0
    problems = ask("wangli", f"/batches/{pk}/problems")[1]
    assert ids(problems, "row") == [3, 4]
    assert {p["code"] for p in problems["items"][0]["problems"]} == {"uscc"}
    assert not [word for word in ("110105194912310021", "王五一", "李四光") if word in str(problems)]


def test_a_delivery_is_confirmed_landed_and_withdrawn(town, ask) -> None:
    pk = arrived(town, ask)
    assert ask("wangli", f"/batches/{pk}/confirm", {"reason": ""})[1]["state"] == "confirmed"
    again, said = ask("wangli", f"/batches/{pk}/confirm", {"reason": ""})
    assert (again, said["code"]) == (409, "state")
    land_waiting(town.now)
    landed = ask("wangli", f"/batches/{pk}")[1]
    assert (landed["state"], landed["commit"]) == ("landed", latest())
    status, said = ask("wangli", f"/batches/{pk}/withdraw", {"reason": ""})
    assert (status, said["code"]) == (422, "reason")
    assert ask("wangli", f"/batches/{pk}/withdraw", {"reason": "报错了月份"})[1]["state"] == "withdrawing"
    undo_waiting(town.now)
    assert ask("wangli", f"/batches/{pk}")[1]["state"] == "withdrawn"


# ---- 分析, 研判, 预警


def values(answer: dict) -> dict:
    return {row["enterprise"]: row["value"] for row in answer["items"]}


def test_measures_are_listed_and_worked_out_for_the_scope(town, ask) -> None:
    town.spring()
    assert {"injury_events", "incidence_rate"} <= {row["code"] for row in ask("wangli", "/measures")[1]}
    status, answer = ask("wangli", "/measures/injury_events")
    assert (status, answer["start"], answer["end"], answer["commit"]) == (200, "2026-01-01", "2026-03-20", latest())
    assert values(answer) == {town.cup: 2, town.door: 0}
    assert values(ask("wangli", "/measures/injury_events", scope="all")[1]) == {town.cup: 2, town.door: 1}
    assert values(ask("wangli", "/measures/injured_cases", as_of="2026-01-31")[1]) == {town.cup: 1, town.door: 0}
    assert values(ask("zhanghaiyan", "/measures/injury_events")[1]) == {town.cup: 2}
    second = ask("wangli", "/measures/injury_events", page=2, size=1)[1]
    assert (second["count"], values(second)) == (2, {town.door: 0})
    assert values(ask("wangli", "/measures/injury_events", enterprise=town.door)[1]) == {town.door: 0}
    assert values(ask("wangli", "/measures/injury_events", known=latest() - 12)[1]) == {town.cup: 1, town.door: 0}
    assert ask("wangli", "/measures/no_such")[0] == 404


def test_a_table_nobody_fills_is_missing_and_not_nought(town, ask) -> None:
    town.spring()
    assert values(ask("wangli", "/measures/disease_hazards", window="open")[1]) == {town.cup: None, town.door: None}


def test_the_areas_rate_is_the_areas_in_every_scope(town, ask) -> None:
    """3 cases at work, all at 恒岳杯业 (100), 50 at 石塘门业: 3 ÷ 150 = 20 ‰, for the township too."""
    town.spring()
    assert values(ask("wangli", "/measures/pooled_incidence_rate")[1]) == {town.cup: 20, town.door: 20}
    assert values(ask("zhanghaiyan", "/measures/pooled_incidence_rate")[1]) == {town.cup: 20}


def test_policies_findings_reasons_and_warnings_hang_together(town, ask) -> None:
    judged = Judged(town.people, town.now)
    version = judged.adopt(GAOTAI, date(2026, 3, 1))
    judged.injure(date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16))
    snapshot.build(town.now)
    run(version, date(2026, 3, 20), town.now)
    policy = ask("wangli", "/policies")[1]["items"]
    assert [(row["policy"], row["version"], row["state"]) for row in policy] == [("gaotai-graded-warning", version.pk, "in_force")]
    assert ask("wangli", "/policies", on="2025-01-01")[1]["count"] == 0
    assert ask("wangli", f"/policies/{version.pk}")[1]["text"] == GAOTAI
    [finding] = ask("wangli", "/findings", enterprise=judged.cup)[1]["items"]
    assert (finding["outcome"], finding["values"]["events"], finding["values"]["hazards"]) == ("red", 3, None)
    why = ask("wangli", f"/findings/{finding['finding']}/why")[1]
    assert (why["title"], why["version"], why["commit"]) == ("红色预警", 1, latest())
    assert {"text": "本年累计工伤事故起数 3 ≥ 红色预警起点 3", "holds": True} in why["met"] or why["met"][0]["holds"]
    assert [one["days"] for one in why["measured"] if one["code"] == "events"] == [["2026-03-02", "2026-03-09", "2026-03-16"]]


def test_warnings_are_listed_and_told(town, ask) -> None:
    town.case(town.cup, date(2026, 3, 1), level="red")
    town.case(town.door, date(2026, 3, 2))
    one, two = Warning.objects.order_by("pk")
    assert ids(ask("wangli", "/warnings")[1], "warning") == [two.pk, one.pk]
    assert ids(ask("wangli", "/warnings", level="red")[1], "name") == ["云溪市恒岳杯业有限公司"]
    assert ids(ask("wangli", "/warnings", stage="draft")[1], "warning") == []
    assert ids(ask("zhanghaiyan", "/warnings")[1], "warning") == [one.pk]
    status, told = ask("wangli", f"/warnings/{one.pk}")
    assert (status, told["level"], told["delivered"], told["handler"]) == (200, "red", "2026-02-01", "王丽")
    assert told["findings"] == told["letters"] == told["steps"] == []
    assert ask("zhanghaiyan", f"/warnings/{two.pk}")[0] == 404


# ---- how many queries

LISTS = ("/enterprises", "/injuries", "/headcounts", "/commits", "/batches", "/policies", "/findings", "/warnings")


@pytest.mark.parametrize("path", LISTS)
def test_a_longer_list_takes_no_more_queries(town, people, path) -> None:
    client = Client()
    client.force_login(people.wangli, backend=BACKEND)

    def grow(n: int) -> None:
        unit = town.unit(f"云溪市第{n}单位有限公司", "990100001", "C3382")
        touch(town, (latest(), [unit]))
        town.injure(date(2026, 2, 1) + timedelta(n), unit)
        town.staff(date(2025, 1 + n, 1))
        town.case(unit, date(2026, 3, 1))
        PolicyVersion.objects.update(text=GAOTAI)
        client.post("/api/batches", {"file": claims("x.csv", CLAIMS.replace("张三丰", "张三丰" + "丰" * n))})

    counted = []
    for n in (1, 2, 3):
        grow(n)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/api{path}")
        counted.append((len(answer.json()["items"]), len(queries)))
    assert counted[0][0] < counted[1][0] < counted[2][0]
    assert counted[1][1] == counted[2][1] <= 12, counted


def test_one_warning_takes_few_queries(town, people, django_assert_max_num_queries) -> None:
    town.case(town.cup, date(2026, 3, 1))
    client = Client()
    client.force_login(people.wangli, backend=BACKEND)
    with django_assert_max_num_queries(13):
        assert client.get(f"/api/warnings/{Warning.objects.get().pk}").status_code == 200


def test_no_enterprise_stands_in_an_answer_of_the_root(town, people) -> None:
    client = Client()
    assert client.get("/api/").status_code == 302  # the reference is for people who are signed in
    client.force_login(people.wangli, backend=BACKEND)
    assert client.get("/api/").json() == {"docs": "/api/docs", "openapi": "/api/openapi.json"}
    schema = client.get("/api/openapi.json").json()
    assert set(schema["paths"]) == {f"/api{door.path}" for door in operations()}
    assert Enterprise.objects.count() == 3
