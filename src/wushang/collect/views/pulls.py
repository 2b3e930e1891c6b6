"""定时拉取: which views are read, what the last reading brought, and the form that adds one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from wushang.collect.deeds.add_pull import AddPull, PausePull, RunPullNow
from wushang.collect.inforce import sources
from wushang.collect.models import Pull
from wushang.collect.ways import hand
from wushang.people.models import Department
from wushang.people.page import allowed
from wushang.terms.problem import Refused

ACTS = {"pause": (PausePull, _("已暂停，不再拉取。")), "run": (RunPullNow, _("马上拉取，一分钟内刷新本页看结果。"))}


class PullForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=60, help_text=_("如“经办中心参保库”"))
    sender = forms.ModelChoiceField(Department.objects.none(), label=_("报送部门"), empty_label=_("请选择"))
    source = forms.ChoiceField(label=_("报送表"))
    host = forms.CharField(label=_("服务器地址"), max_length=100)
    port = forms.IntegerField(label=_("端口"), min_value=1, max_value=65535, initial=5432)
    database = forms.CharField(label=_("数据库"), max_length=63)
    user = forms.CharField(label=_("用户名"), max_length=63, help_text=_("请对方建一个只能读这个视图的用户"))
    password = forms.CharField(
        label=_("密码"), widget=forms.PasswordInput, max_length=200, help_text=_("加密保存，不再显示")
    )
    view = forms.CharField(label=_("视图"), max_length=130, help_text=_("模式名.视图名"))
    watermark_column = forms.CharField(
        label=_("水位列"), max_length=63, help_text=_("更新时间或递增编号；只读比上次大的行")
    )
    columns = forms.CharField(
        label=_("列的对应"), required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("一行一个：视图的列 = 报送表的列。列名相同的可以不填"),
    )  # fmt: skip
    overlap = forms.IntegerField(
        label=_("往回多读"), min_value=0, max_value=10_000_000, initial=3600,
        help_text=_("时间列按秒，日期列按天，编号列按个数。防止对方晚提交的行漏读；读过的不会重复"),
    )  # fmt: skip
    every = forms.IntegerField(label=_("每隔（分钟）"), min_value=5, max_value=43_200, initial=60)
    confirms = forms.BooleanField(label=_("核对没有疑问的自动入库"), required=False)

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["sender"].queryset = _departments(request)
        chosen["source"].choices = [(table.id, table.title) for table in hand.files(sources())]  # type: ignore[attr-defined]

    def clean_columns(self) -> dict[str, str]:
        lines = [line for line in self.cleaned_data["columns"].replace("＝", "=").splitlines() if line.strip()]
        pairs = [[part.strip() for part in line.split("=", 1)] for line in lines]
        if wrong := [line for line, pair in zip(lines, pairs, strict=True) if len(pair) != 2 or not all(pair)]:
            raise forms.ValidationError(
                _("“%(line)s”看不懂，请写成：视图的列 = 报送表的列。") % {"line": wrong[0][:40]}
            )
        return dict(pairs)


def _departments(request: HttpRequest) -> QuerySet[Department]:
    scope = request.scope  # type: ignore[attr-defined]
    return Department.objects.filter(scope.q("collect.connect", region="region__code", industry="pk", enterprise="pk"))


def _pulls(request: HttpRequest) -> QuerySet[Pull]:
    return Pull.objects.filter(sender__in=_departments(request)).select_related("sender__region")


@allowed("collect.connect")
@require_safe
def pulls(request: Any) -> HttpResponse:
    titles = {table.id: table.title for table in sources()}
    rows = [
        {"pull": pull, "title": titles.get(pull.source, pull.source), "run": pull.runs.select_related("batch").first()}
        for pull in _pulls(request)
    ]
    return render(request, "collect/ways/pulls.html", {"pulls": rows})


@allowed("collect.connect")
def add(request: Any) -> HttpResponse:
    """The form; the view is looked at before anything is kept."""
    form = PullForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = AddPull(request.actor, request.now, **form.cleaned_data).do()
        except Refused as refused:
            problem = refused.problem
            form.add_error(problem.column if problem.column in form.fields else None, f"{problem.why}{problem.remedy}")
        else:
            messages.success(request, _g("“%(name)s”已登记，一分钟内第一次拉取。") % {"name": made.name})
            return redirect("collect:pulls")
    return render(request, "collect/ways/add_pull.html", {"form": form})


@allowed("collect.connect")
@require_POST
def act(request: Any, pk: int, act: str) -> HttpResponse:
    """暂停 or 立即拉取."""
    pull = get_object_or_404(_pulls(request), pk=pk)
    if act not in ACTS:
        raise Http404
    deed, said = ACTS[act]
    try:
        deed(request.actor, request.now, pull).do()
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}{refused.problem.remedy}")
    return redirect("collect:pulls")
