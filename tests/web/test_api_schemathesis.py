"""The machine door against its own description, by schemathesis: no server error, and every answer has the form it promises.

The operations that machines may call are asked with a token; each a few times, so that the whole takes a minute.
"""

from datetime import date

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from wushang.people.deeds.issue_token import IssueToken
from wushang.people.models import Department

pytestmark = pytest.mark.django_db
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
MOST = 25  # requests an operation


@pytest.fixture(autouse=True)
def _one_connection():
    """A request ends here without closing the connection that the test's own transaction is open on."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def door(people, now, settings):
    """The description as a person reads it, and a machine's token."""
    settings.WUSHANG_API_PER_MINUTE = 100_000
    own = Department.objects.get(code="990100-hrss")
    token = IssueToken(people.admin.actor, now, "系统", own, ["injury_recognition"], date(2027, 3, 1), True).do().token
    person = Client()
    person.force_login(people.wangli, backend="django.contrib.auth.backends.ModelBackend")
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", _app(person.cookies["sessionid"].value))
    return schema.include(path_regex=r"^/api/collect/"), token


def _app(session: str):
    """The application; its description is read in somebody's session."""
    inner = get_wsgi_application()

    def app(environ, start):
        if environ["PATH_INFO"] == "/api/openapi.json":
            environ["HTTP_COOKIE"] = f"sessionid={session}"
        return inner(environ, start)

    return app


def test_every_operation_of_the_ways_in_answers_as_it_promises(door):
    schema, token = door
    operations = [found.ok() for found in schema.get_all_operations()]
    assert {operation.label for operation in operations} >= {
        "GET /api/collect/sources", "POST /api/collect/sources/{source}/rows", "POST /api/collect/sources/{source}/file",
        "GET /api/collect/batches/{batch}/rows",
    }  # fmt: skip
    for operation in operations:
        _ask(operation, token)


def _ask(operation, token: str) -> None:
    """One operation with data it describes and data it does not."""

    @limits(max_examples=MOST, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def run(case):
        if "source" in case.path_parameters and case.path_parameters["source"].isalpha():
            case.path_parameters["source"] = "injury_recognition"
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)

    run()
