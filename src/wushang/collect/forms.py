"""The upload form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wushang.collect.inforce import Taken, in_force
from wushang.collect.models import Batch
from wushang.collect.place import departments_in
from wushang.collect.source import Source
from wushang.collect.ways import hand
from wushang.people.deed import refuse
from wushang.people.models import Department
from wushang.terms.problem import Refused

COLLECTS = "hrss"  # kind of the department that runs the platform and uploads for others


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given]


class UploadForm(forms.Form):
    files = FilesField(label=_("文件"), error_messages={"required": _("请先选文件。"), "empty": _("文件是空的。")})
    source = forms.ChoiceField(label=_("报送表"), required=False)
    sender = forms.ModelChoiceField(
        Department.objects.none(), label=_("报送部门"), required=False, empty_label=_("按报送表认定")
    )
    historical = forms.BooleanField(label=_("历史数据"), required=False)
    whole = forms.BooleanField(label=_("本表为全量"), required=False)

    def __init__(self, departments: QuerySet[Department], tables: list[Source], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        tables = hand.files(tables)
        kinds = {kind for table in tables for kind in table.departments}
        self.fields["sender"].queryset = departments.filter(kind__in=kinds)  # type: ignore[attr-defined]
        choices = [("", _("按表头认定")), *((table.id, table.title) for table in tables)]
        self.fields["source"].choices = choices  # type: ignore[attr-defined]


def placed(request: HttpRequest, table: Taken, named: Department | None) -> tuple[Taken, Department]:
    """The table and its sender: as named, else as the table tells; where it may be several, the first whose sender is plain, else
    one that the uploader's own department may send: 对应列 asks for both."""
    if named:
        return table, named
    refused: list[Refused] = []
    for source in table.may_be or (table.source,):
        try:
            return replace(table, source=source), likely_sender(request, in_force(source, request.now).loaded())
        except Refused as doubtful:
            refused.append(doubtful)
    own = departments_in(request.scope).filter(pk=request.user.department_id).first()
    for source in table.may_be or (table.source,) if table.guessed else table.may_be:
        if own and own.kind in in_force(source, request.now).loaded().departments:
            return replace(table, source=source), own
    raise refused[0]


def likely_sender(request: HttpRequest, source: Source) -> Department:
    """The uploader's own department where this is its own table, else the one that sent it so far, else the only one
    in reach; more than one: a person says."""
    reach = departments_in(request.scope).filter(kind__in=source.departments)
    own = reach.filter(pk=request.user.department_id).first()
    # the labour bureau collects what others send: its own is only what it sends first of all
    if own and (own.kind == source.departments[0] or own.kind != COLLECTS):
        return own
    before = Batch.objects.filter(version__source=source.id, sender__in=reach).exclude(state=Batch.WITHDRAWN)
    found = list(reach.filter(pk__in=before.values("sender"))) or list(reach[:9])
    if len(found) == 1:
        return found[0]
    names = "、".join(d.short_name for d in found) or _("没有")
    why = _g("不能确定“%(title)s”由哪个部门报送（可选：%(names)s）。") % {"title": source.title, "names": names}
    raise refuse("which_sender", why, _("请在“报送部门”一栏选定。"))
