"""Who acts: a person through a page, API or link; or the platform's worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wushang.people.scope import Scope

if TYPE_CHECKING:
    from wushang.people.models import User


@dataclass(frozen=True)
class Actor:
    user: User | None
    name: str
    scope: Scope
    via: str = "page"  # page | api | command | worker | link

    @classmethod
    def system(cls, via: str = "worker") -> Actor:
        return cls(None, "平台", Scope.system(), via)
