from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from wushang.judge.check import check_text
from wushang.judge.models import PolicyVersion
from wushang.judge.place import must_exist
from wushang.judge.remark import Remark, usable
from wushang.judge.shipped import digest
from wushang.people.deed import Deed, Place, refuse


@dataclass
class DraftPolicy(Deed):
    """起草新版: a text becomes a draft of a region (`offered` where the platform ships it)."""

    text: str
    region: str
    origin: str = ""
    state: str = "draft"

    verb: ClassVar[str] = "judge.draft_policy"
    title: ClassVar[Any] = _("起草预警规则")

    def where(self) -> tuple[Place, ...]:
        return ((self.region, "", None),)

    def check(self) -> None:
        must_exist(self.region)
        self.pack, remarks = check_text(self.text)
        if self.pack is None:
            raise refuse("policy", first_error(remarks), str(_("请改正后再保存；全部问题见“检查结果”")), "text")

    def act(self) -> PolicyVersion:
        assert self.pack
        theirs = PolicyVersion.objects.filter(policy=self.pack.id, region=self.region)
        self.version = PolicyVersion.objects.create(
            policy=self.pack.id, number=(theirs.aggregate(top=Max("number"))["top"] or 0) + 1, title=self.pack.title,
            text=self.text, digest=digest(self.text), region=self.region, state=self.state, origin=self.origin,
            created=self.at, creator=self.actor.user,
        )  # fmt: skip
        return self.version

    def subject(self) -> str:
        return f"policy:{self.version.pk}" if hasattr(self, "version") else ""

    def said(self) -> dict[str, Any]:
        return {"policy": self.version.policy, "number": self.version.number, "digest": self.version.digest}


def first_error(remarks: list[Remark]) -> str:
    """The first thing that forbids a text, as one sentence."""
    return "" if usable(remarks) else next(str(remark) for remark in remarks if remark.severity == "error")
