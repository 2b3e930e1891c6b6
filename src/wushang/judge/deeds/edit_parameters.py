from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from wushang.judge.check import check_text
from wushang.judge.deeds.draft_policy import first_error
from wushang.judge.edit import Edit, edited
from wushang.judge.models import PolicyVersion
from wushang.judge.shipped import digest
from wushang.people.deed import Deed, Place, refuse


@dataclass
class EditParameters(Deed):
    """修改草稿: new values of parameters, windows and clocks in a draft, with the place's own document and clause."""

    version: PolicyVersion
    changes: dict[str, Any] = field(default_factory=dict)
    document: str = ""
    clause: str = ""

    verb: ClassVar[str] = "judge.draft_policy"
    title: ClassVar[Any] = _("修改预警规则草稿")

    def where(self) -> tuple[Place, ...]:
        return ((self.version.region, "", None),)

    def check(self) -> None:
        if self.version.state != "draft":
            raise refuse("state", str(_("只有草稿可以修改")), str(_("请先“起草新版”")))
        if not self.changes:
            raise refuse("nothing", str(_("没有改动")), str(_("改一个数字再保存")))
        edit = Edit(self.changes, self.document, self.clause)
        self.text = edited(self.version.text, self.version.pack, edit)
        pack, remarks = check_text(self.text)
        if pack is None:
            raise refuse("policy", first_error(remarks), str(_("请改正后再保存")), "text")

    def act(self) -> PolicyVersion:
        self.version.text, self.version.digest = self.text, digest(self.text)
        self.version.title = self.version.pack.title
        self.version.save()
        self.version.approvals.all().delete()
        return self.version

    def subject(self) -> str:
        return f"policy:{self.version.pk}"

    def said(self) -> dict[str, Any]:
        return {"changes": {key: str(value) for key, value in self.changes.items()}, "digest": self.version.digest}
