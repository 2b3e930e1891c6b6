"""The forms of 部门与地区: a region, a department, a change of codes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wushang.people.deeds import change_region, keep_region
from wushang.people.forms import Day
from wushang.people.models import Region
from wushang.people.scope import Scope
from wushang.terms import codes

VERB = "people.places"


def within(scope: Scope):
    """The regions that the person may keep."""
    return Region.objects.filter(scope.q(VERB, region="code", industry="pk", enterprise="pk"))


def _named(rows: Any) -> list[tuple[str, str]]:
    return [("", _("请选择")), *((row.code, f"{row.name}（{row.code}）") for row in rows)]


class RegionForm(forms.Form):
    code = forms.CharField(label=_("代码"), max_length=12, help_text=_("GB/T 2260；镇（街道、区）9位"))
    name = forms.CharField(label=_("名称"), max_length=60, help_text=_("全称，例如“石塘镇”"))
    kind = forms.ChoiceField(label=_("类别"), choices=list(keep_region.KINDS.items()), initial="township")
    parent = forms.ChoiceField(label=_("上级"))
    since = forms.DateField(label=_("启用日期"), required=False, widget=Day, help_text=_("新设的填；一直都有的不填"))

    def __init__(self, scope: Scope, code: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents: Any = self.fields["parent"]
        above = Region.objects.filter(code=code, parent__isnull=False).values_list("parent", flat=True)
        parents.choices = _named(within(scope).filter(valid_to=None).exclude(kind="township") | Region.objects.filter(pk__in=above))
        if code:
            self.fields["code"].widget.attrs["readonly"] = True


class DepartmentForm(forms.Form):
    code = forms.CharField(label=_("代码"), max_length=40, help_text=_("地区代码加部门，例如 990100-hrss；定了不改"))
    name = forms.CharField(label=_("全称"), max_length=80, help_text=_("文书上印的名称"))
    short_name = forms.CharField(label=_("简称"), max_length=40, help_text=_("页面和表里用，例如“人社局”"))
    kind = forms.ChoiceField(label=_("类别"))
    region = forms.ChoiceField(label=_("地区"))

    def __init__(self, scope: Scope, code: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = [("", _("请选择")), *((one.code, one.name) for one in codes.all("department_kind"))]
        regions: Any = self.fields["region"]
        regions.choices = _named(within(scope).filter(valid_to=None))
        if code:
            self.fields["code"].widget.attrs["readonly"] = True


class ChangeForm(forms.Form):
    on = forms.DateField(label=_("生效日期"), widget=Day, help_text=_("这一天起用新代码"))
    kind = forms.ChoiceField(label=_("类别"), choices=[(word, word) for word in change_region.KINDS])
    old = forms.ChoiceField(label=_("变更前"), help_text=_("生效前一天停用；在它上面的部门和岗位随之改到变更后"))
    new = forms.ChoiceField(label=_("变更后"), help_text=_("新设的地区，请先登记"))
    source = forms.CharField(label=_("依据文件"), max_length=200, help_text=_("例如“浙政函〔2025〕12号”"))

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sides: Any = [self.fields["old"], self.fields["new"]]
        for side in sides:
            side.choices = _named(within(scope).filter(valid_to=None))


class MapForm(forms.Form):
    file = forms.FileField(label=_("地图文件"), help_text=_("GeoJSON，每个图形写明镇（街道、区）的代码或全称；或色块表"))
    approval = forms.CharField(label=_("审图号"), max_length=60, required=False, help_text=_("印在图旁；公开使用的地图要有"))
