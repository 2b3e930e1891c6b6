"""What the rooms' machine doors (机器接口) share: what values may look like, paging, errors, who acts.

A room's operations stand in its `api.py` with a `router`; `wushang.web.api` finds them by being there. An operation says
who may enter with `people.page.allowed`, as a page does, and declares its path parameters by names that
`wushang.web.api.operations` knows a sample of.
"""

from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Schema

from wushang.people.actor import Actor
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
    return Actor(request.user, request.actor.name, request.scope, "api")  # type: ignore[arg-type]
