from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from wushang.judge.deeds.draft_policy import DraftPolicy
from wushang.judge.models import PolicyVersion
from wushang.judge.shipped import digest, files
from wushang.people.deed import Deed, Place


@dataclass
class OfferShippedPacks(Deed):
    """提供规则范本: each shipped pack stands ready in a region as an offered version, once per text."""

    region: str

    verb: ClassVar[str] = "judge.draft_policy"
    title: ClassVar[Any] = _("提供规则范本")

    def where(self) -> tuple[Place, ...]:
        return ((self.region, "", None),)

    def act(self) -> list[PolicyVersion]:
        known = set(PolicyVersion.objects.filter(region=self.region).values_list("digest", flat=True))
        self.offered = [
            DraftPolicy(self.actor, self.at, text, self.region, f"shipped {name}", "offered").do()
            for name, text in files()
            if digest(text) not in known
        ]
        return self.offered

    def subject(self) -> str:
        return f"region:{self.region}"

    def said(self) -> dict[str, Any]:
        return {"offered": [version.policy for version in self.offered]}
