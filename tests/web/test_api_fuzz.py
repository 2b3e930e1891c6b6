"""Whatever is asked of the machine door, the answer is data or a refusal in its one form: never a server error."""

import json
import os
from datetime import date
from io import BytesIO
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from web.filed import GAOTAI, claims

from wushang.judge.models import PolicyVersion
from wushang.people.deeds.issue_token import IssueToken
from wushang.people.models import Department
from wushang.web.api import api

pytestmark = pytest.mark.django_db
MANY = int(os.environ.get("WUSHANG_TORTURE_REQUESTS", 5_000))
REFUSAL = {"code", "column", "value", "why", "remedy", "also"}
ODD = st.sampled_from(
    ["", " ", "0", "-1", "1.5", "1e999", "NaN", "null", "true", "٣", "９", "9" * 40, "2026-02-30", "0001-01-01", "9999-12-31",
     "2026-03-20T00:00", "1774000000", "'; DROP TABLE x --", "%", "_", "\\", "\x00", "\n", "𠮷", "\u202e", "last_0_months",
     "last_120_months", "last_121_months", "open", "x" * 300]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["reason", "x"]), inner, max_size=3),
    max_leaves=5,
)
BODIES = st.one_of(
    st.binary(max_size=30), JSON.map(lambda body: json.dumps(body).encode()), st.just(b'{"reason": "\\ud800"}'), st.just(b"[" * 5000)
)
FILES = st.one_of(
    st.binary(max_size=200),
    st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", "受理编号,单位名称".encode("gb18030"), b"\x00" * 50, b",\n" * 50]),
    st.text(alphabet="受理编号,单位名称姓证件码事故时间申请日期1\n\t\"", max_size=120).map(str.encode),
)
KNOWN = {"measure": "injury_events", "source": "injury_recognition"}
CELLS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.sampled_from(["2026-03-05", "合计", "=1+1", "甲公司"]))
TITLES = st.sampled_from(["受理编号", "单位名称", "姓名", "事故时间", "申请日期", "number", "x", "", "事故时间 "]) | st.text(max_size=6)
ROWS = st.lists(st.dictionaries(TITLES, CELLS, max_size=6), max_size=4)
TOLD = ROWS.map(lambda rows: (json.dumps({"rows": rows}).encode(), "application/json")) | ROWS.map(
    lambda rows: ("\n".join(map(json.dumps, rows)).encode(), "application/x-ndjson")
)
NAMES = st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.exe", "../../a.csv", "工伤.csv", ".", "a" * 300 + ".csv"])


def every_operation() -> list[tuple[str, str, dict]]:
    schema = api.get_openapi_schema(path_prefix="/api/")
    return [(path, method, told) for path, methods in schema["paths"].items() for method, told in methods.items()]


def value_of(schema: dict) -> st.SearchStrategy[str]:
    """Mostly what the schema wants, else something odd."""
    kinds = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    kind, words = kinds[0], kinds[0].get("enum")
    good: st.SearchStrategy[str] = st.text(max_size=8)
    if words:
        good = st.sampled_from(words)
    elif kind.get("type") == "integer":
        good = st.integers(kind.get("minimum", -5), kind.get("maximum", 2**53)).map(str) | st.integers(1, 3).map(str)
    elif kind.get("format") == "date":
        good = st.dates(date(1990, 1, 1), date(2199, 12, 31)).map(str)
    return st.one_of(good, good, ODD)


@st.composite
def requests(draw) -> tuple[str, str, dict, dict]:
    path, method, told = draw(st.sampled_from(every_operation()))
    query = {}
    for parameter in told.get("parameters", []):
        value = draw(value_of(parameter["schema"]))
        if parameter["in"] == "path":
            known = KNOWN.get(parameter["name"], "1")
            value = draw(st.sampled_from([known, value.replace("/", "") or "1"]))
            path = path.replace("{" + parameter["name"] + "}", quote(value, safe=""))
        elif draw(st.booleans()):
            query[parameter["name"]] = value
    send: dict = {}
    if method == "post" and "multipart/form-data" in told["requestBody"]["content"]:
        file = BytesIO(draw(FILES))
        file.name = draw(NAMES)
        send = {"data": {"file": file, "source": draw(st.sampled_from(["", "register", "x"])), "sender": draw(ODD), "historical": draw(ODD)}}
        if draw(st.booleans()):
            send["data"].pop("sender")
    elif method == "post" and "application/x-ndjson" in told["requestBody"]["content"] and draw(st.booleans()):
        body, kind = draw(TOLD)
        send = {"data": body, "content_type": kind, "headers": {"Idempotency-Key": draw(ODD)} if draw(st.booleans()) else {}}
    elif method == "post":
        kind = draw(st.sampled_from(["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x"]))
        send = {"data": draw(BODIES), "content_type": kind}
    return method, path, query, send


@pytest.fixture
def client(town) -> Client:
    """The clerk, who has every verb that the operations ask for, over data of every kind."""
    town.spring().case(town.cup, date(2026, 3, 1))
    PolicyVersion.objects.update(text=GAOTAI)
    client = Client()
    client.force_login(town.people.wangli, backend="django.contrib.auth.backends.ModelBackend")
    client.post("/api/batches", {"file": claims()})
    return client


@pytest.fixture
def machine(town, people, now) -> Client:
    """A department's system with a token that is taken in without a person; it may call what machines may."""
    own = Department.objects.get(code="990100-hrss")
    made = IssueToken(people.admin.actor, now, "系统", own, ["injury_recognition", "register"], date(2026, 12, 31), True).do()
    return Client(headers={"Authorization": f"Bearer {made.token}"})


USUAL: dict = {
    "deadline": None, "database": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
}  # fmt: skip


@settings(max_examples=100, derandomize=True, **USUAL)
@given(asked=requests())
def test_no_request_is_a_server_error(client: Client, asked: tuple) -> None:
    answered(client, *asked)


@pytest.mark.torture
@settings(max_examples=MANY, **USUAL)
@given(asked=requests())
def test_no_request_of_thousands_is_a_server_error(client: Client, asked: tuple) -> None:
    answered(client, *asked)


@settings(max_examples=100, derandomize=True, **USUAL)
@given(asked=requests())
def test_no_request_of_a_machine_is_a_server_error(machine: Client, asked: tuple) -> None:
    answered(machine, *asked)


@pytest.mark.torture
@settings(max_examples=MANY, **USUAL)
@given(asked=requests())
def test_no_request_of_thousands_by_a_machine_is_a_server_error(machine: Client, asked: tuple) -> None:
    answered(machine, *asked)


def answered(client: Client, method: str, path: str, query: dict, send: dict) -> None:
    address = f"{path}?{urlencode(query)}" if send else path
    response = getattr(client, method)(address, **(send or {"data": query}))
    assert response.status_code < 500
    if response.status_code >= 400:
        assert set(response.json()) == REFUSAL, (path, response.content)
        assert response.json()["why"]
