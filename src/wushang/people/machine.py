"""What the rooms' machine doors (机器接口) share: what values may look like, paging, errors, who acts.

A room's operations stand in its `api.py` with a `router`; `wushang.web.api` finds them by being there. An operation says
who may enter with `people.page.allowed`, as a page does, and declares its path parameters by names that
`wushang.web.api.operations` knows a sample of.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Schema
from ninja.security import HttpBearer, SessionAuth

from wushang.people import tokens
from wushang.people.actor import Actor
from wushang.people.models import Machine
from wushang.people.page import View, allowed
from wushang.people.scope import Scope

# bounds that every database takes, so that bad input is told and not tried
Id = Annotated[int, Field(ge=1, le=2**53)]
Number = Annotated[int, Field(ge=0, le=2**53)]
Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Code = Annotated[str, Field(max_length=80, pattern=r"^[0-9A-Za-z_.-]*$")]
Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2199, 12, 31))]

T = TypeVar("T")


class Request(HttpRequest):
    """A request as WhoMiddleware leaves it."""

    scope: Scope
    actor: Actor
    now: datetime
    today: date


class Session(SessionAuth):
    """Who is not signed in hears that first (401), and of a missing CSRF token only then (403)."""

    def _get_key(self, request: HttpRequest) -> str | None:
        return super()._get_key(request) if request.user.is_authenticated else None


class Token(HttpBearer):
    """A machine account (机器账号) by its token; the request then acts for its department."""

    def authenticate(self, request: HttpRequest, token: str) -> Machine:
        machine = tokens.enter(token.strip(), request.now)  # type: ignore[attr-defined]
        request.machine, request.actor = machine, tokens.actor_of(machine)  # type: ignore[attr-defined]
        request.scope = request.actor.scope  # type: ignore[attr-defined]
        return machine


AUTH = [Token(), Session()]  # of the operations that machines may call


def by_machine_or(*verbs: str) -> Callable[[View], View]:
    """Let a machine through that its token let in, else a person with one of the verbs."""

    def wrap(view: View) -> View:
        by_person = allowed(*verbs)(view)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            return (view if getattr(request, "machine", None) else by_person)(request, *args, **kwargs)

        guarded.verbs = verbs  # type: ignore[attr-defined]
        return guarded

    return wrap


class Trouble(Schema):
    """One thing that is wrong: `code` for machines, `column` and `value` for the place, `why` and `remedy` for people."""

    code: str
    column: str
    value: str
    why: str
    remedy: str


class Refusal(Trouble):
    """The answer where something is wrong; `also` holds further troubles of the same request."""

    also: list[Trouble] = []


class Paging(Schema):
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    size: Annotated[int, Field(ge=1, le=500)] = 50


class Listing(Schema, Generic[T]):
    """One page of what there is; `count` is all of it."""

    count: int
    page: int
    size: int
    items: list[T]


def listed(rows: QuerySet | list[Any], paging: Paging) -> dict[str, Any]:
    """A page of rows in an order of their own."""
    start = (paging.page - 1) * paging.size
    count = len(rows) if isinstance(rows, list) else rows.count()
    return {"count": count, "page": paging.page, "size": paging.size, "items": list(rows[start : start + paging.size])}


def actor_of(request: Request) -> Actor:
    """Who acts, through this door."""
    if getattr(request, "machine", None):
        return request.actor
    return Actor(request.user, request.actor.name, request.scope, "api")  # type: ignore[arg-type]
