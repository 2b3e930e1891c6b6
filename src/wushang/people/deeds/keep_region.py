"""A region below the place: added, or given another name. Its code stays; what happened to a code is ChangeRegion."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Region

CODE = re.compile(r"\d{6}|\d{9}|\d{12}")
KINDS = {
    "province": _("省（区、市）"), "city": _("市（州）"), "county": _("县（市、区）"),
    "township": _("镇（街道）"), "zone": _("功能区"),
}  # fmt: skip


@dataclass
class KeepRegion(Deed):
    """Returns 'added', 'changed' or 'same'. A name it had is kept: files go on writing it."""

    code: str
    name: str
    kind: str
    parent: str
    since: date | None = None  # 启用日期, where it was founded anew

    verb = "people.places"
    title = _("登记地区")

    def where(self) -> tuple[Place, ...]:
        """The region above, and the region itself where the code is there: another county's is not drawn over."""
        held = Region.objects.filter(code=self.code).values_list("code", flat=True)
        return tuple((code, "", None) for code in dict.fromkeys([self.parent or self.code, *held]))

    def check(self) -> None:
        self.name = self.name.strip()
        if not CODE.fullmatch(self.code):
            why = _("“%(code)s”不是地区代码。") % {"code": self.code}
            raise refuse("code", why, _("县级以上6位，镇（街道、区）9位，村居12位，只写数字。"), column=str(_("代码")), value=self.code)
        if not self.name:
            raise refuse("no_name", _("没有写地区名称。"), _("请写全称，例如“石塘镇”。"), column=str(_("名称")))
        if self.kind not in KINDS:
            why = _("“%(kind)s”不是地区类别。") % {"kind": self.kind}
            raise refuse("kind", why, _("请用 %(kinds)s。") % {"kinds": "、".join(KINDS)}, column=str(_("类别")), value=self.kind)
        if not Region.objects.filter(code=self.parent).exists():
            why = _("上级地区“%(code)s”不在平台里。") % {"code": self.parent}
            raise refuse("parent", why, _("请先登记上级地区。"), column=str(_("上级")), value=self.parent)
        if self.code in _above(self.parent):
            raise refuse("parent", _("上级地区就是它自己，或者在它里面。"), _("请选择它所在的县（市、区）。"), column=str(_("上级")))

    def act(self) -> str:
        wanted = {"name": self.name, "kind": self.kind, "parent": Region.objects.get(code=self.parent)}
        wanted |= {"valid_from": self.since} if self.since else {}
        held, new = Region.objects.get_or_create(code=self.code, defaults=wanted)
        if new or all(getattr(held, name) == value for name, value in wanted.items()):
            return "added" if new else "same"
        if held.name != self.name:
            held.former_names = [*(name for name in held.former_names if name not in (self.name, held.name)), held.name]
        for name, value in wanted.items():
            setattr(held, name, value)
        held.save()
        return "changed"

    def subject(self) -> str:
        return f"region:{self.code}"

    def said(self) -> dict:
        return {"name": self.name, "inside": self.parent}


def _above(code: str) -> list[str]:
    """The region and all above it."""
    found, region = [], Region.objects.filter(code=code).select_related("parent").first()
    while region:
        found.append(region.code)
        region = region.parent
    return found
