"""A department of the place: added, or given another name (改名) or region."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Department, Region
from wushang.terms import codes


@dataclass
class KeepDepartment(Deed):
    """Returns 'added', 'changed' or 'same'. What was sent and signed under the old name stays as it was written."""

    code: str
    name: str
    short_name: str
    kind: str
    region: str

    verb = "people.places"
    title = _("登记部门")

    def where(self) -> tuple[Place, ...]:
        held = Department.objects.filter(code=self.code).select_related("region").first()
        return tuple((code, "", None) for code in dict.fromkeys([self.region, *([held.region.code] if held else [])]))

    def check(self) -> None:
        self.code, self.name, self.short_name = self.code.strip(), self.name.strip(), self.short_name.strip()
        for said, column in ((self.code, _("代码")), (self.name, _("全称")), (self.short_name, _("简称"))):
            if not said:
                raise refuse("empty", _("没有写部门的%(column)s。") % {"column": column}, _("请补上。"), column=str(column))
        if codes.get("department_kind", self.kind) is None:
            why = _("“%(kind)s”不是部门类别。") % {"kind": self.kind}
            raise refuse("kind", why, _("请从类别里选，例如 hrss（人社）、township（镇街）。"), column=str(_("类别")), value=self.kind)
        if not Region.objects.filter(code=self.region).exists():
            why = _("地区“%(code)s”不在平台里。") % {"code": self.region}
            raise refuse("region", why, _("请先登记地区。"), column=str(_("地区")), value=self.region)

    def act(self) -> str:
        region = Region.objects.get(code=self.region)
        wanted = {"name": self.name, "short_name": self.short_name, "kind": self.kind, "region": region}
        held, new = Department.objects.get_or_create(code=self.code, defaults=wanted)
        if new or all(getattr(held, name) == value for name, value in wanted.items()):
            return "added" if new else "same"
        for name, value in wanted.items():
            setattr(held, name, value)
        held.save()
        return "changed"

    def subject(self) -> str:
        return f"department:{self.code}"

    def said(self) -> dict:
        return {"name": self.name, "region": self.region}
