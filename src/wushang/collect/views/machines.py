"""机器账号: the administrator issues and revokes tokens. Here, because a token names the tables it may send."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wushang.collect.inforce import sources
from wushang.collect.ways import hand
from wushang.people.deeds.issue_token import IssueToken, RevokeToken
from wushang.people.forms import Day
from wushang.people.models import Department, Machine
from wushang.people.page import allowed
from wushang.terms.problem import Refused

USUAL = timedelta(days=365)


class TokenForm(forms.Form):
    name = forms.CharField(label=_("系统名称"), max_length=60, help_text=_("哪个部门的哪个系统，如“经办中心社保系统”"))
    department = forms.ModelChoiceField(Department.objects.none(), label=_("部门"), empty_label=_("请选择"))
    sources = forms.MultipleChoiceField(label=_("可以报送的表"), widget=forms.CheckboxSelectMultiple)
    expires = forms.DateField(label=_("到期日"), widget=Day, help_text=_("最长一年，到期前另发"))
    confirms = forms.BooleanField(
        label=_("核对没有疑问的自动入库"), required=False, help_text=_("不勾的，每次仍由经办人确认入库")
    )  # fmt: skip

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["department"].queryset = _departments(request)
        self.tables = {table.id: table for table in hand.files(sources())}  # type: ignore[attr-defined]
        chosen["sources"].choices = [(table.id, table.title) for table in self.tables.values()]

    def clean(self) -> dict[str, Any]:
        """A table that this kind of department does not send is said here, not with every request."""
        said = super().clean() or {}
        department = said.get("department")
        tables = [self.tables[name] for name in said.get("sources", [])]
        if department and (wrong := [table.title for table in tables if department.kind not in table.departments]):
            why = _("%(titles)s不由%(who)s报送，请去掉。") % {"titles": "、".join(wrong), "who": department.short_name}
            self.add_error("sources", why)
        return said


def _departments(request: HttpRequest) -> QuerySet[Department]:
    scope = request.scope  # type: ignore[attr-defined]
    return Department.objects.filter(scope.q("people.manage", region="region__code", industry="pk", enterprise="pk"))


def _machines(request: HttpRequest) -> QuerySet[Machine]:
    return Machine.objects.filter(department__in=_departments(request)).select_related("department__region")


@allowed("people.manage")
@require_safe
def machines(request: Any) -> HttpResponse:
    titles = {table.id: table.title for table in sources()}
    rows = [
        {
            "machine": one,
            "titles": [titles.get(name, name) for name in one.sources],
            "state": _state(one, request.today),
        }
        for one in _machines(request)
    ]
    return render(request, "collect/ways/machines.html", {"machines": rows})


def _state(machine: Machine, today: Any) -> str:
    if machine.revoked:
        return "revoked"
    return "living" if machine.lives_on(today) else "expired"


@never_cache
@allowed("people.manage")
def issue_token(request: Any) -> HttpResponse:
    """The form; the answer shows the token this once."""
    form = TokenForm(request, request.POST or None, initial={"expires": request.today + USUAL})
    if request.method == "POST" and form.is_valid():
        try:
            made = IssueToken(request.actor, request.now, **form.cleaned_data).do()
        except Refused as refused:
            form.add_error(
                refused.problem.column if refused.problem.column in form.fields else None, str(refused.problem.why)
            )
        else:
            sample = _sample(made.machine, made.token)
            return render(
                request, "collect/ways/token.html", {"machine": made.machine, "token": made.token, "sample": sample}
            )
    return render(request, "collect/ways/issue_token.html", {"form": form})


def _sample(machine: Machine, token: str) -> str:
    """A call to try at once."""
    address = f"{settings.WUSHANG_ADDRESS}/api/collect/sources/{machine.sources[0]}/rows?check_only=true"
    row = '{"rows": [{"单位名称": "某某有限公司"}]}'
    said = f"-H 'Authorization: Bearer {token}' -H 'Content-Type: application/json' \\\n  -d '{row}'"
    return f"curl -X POST '{address}' \\\n  {said}"


@allowed("people.manage")
@require_POST
def revoke_token(request: Any, pk: int) -> HttpResponse:
    machine = get_object_or_404(_machines(request), pk=pk)
    try:
        RevokeToken(request.actor, request.now, machine, request.POST.get("reason", "")).do()
        messages.success(request, _g("“%(name)s”的令牌已撤销，从现在起不能再用。") % {"name": machine.name})
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}{refused.problem.remedy}")
    return redirect("collect:machines")
