from dataclasses import dataclass

import pytest

from wushang.people.deed import Deed, NotAllowed, refuse
from wushang.people.models import AuditEntry, Department


@dataclass
class RenameDepartment(Deed):
    department: Department
    name: str

    verb = "warn.draft"
    title = "改名"

    def where(self):
        return ((self.department.region.code, "", None),)

    def check(self):
        if not self.name:
            raise refuse("empty", "没有写名称。", "请填写名称。")

    def act(self):
        self.department.name = self.name
        self.department.save()
        if self.name == "坏":
            raise RuntimeError("killed half-way")
        return self.name

    def subject(self):
        return f"department:{self.department.pk}"


def test_a_deed_writes_its_audit_row(people, now):
    department = Department.objects.get(code="990100-em")
    RenameDepartment(people.wangli.actor, now, department, "新名").do()
    entry = AuditEntry.objects.get(verb="warn.draft")
    assert (entry.user, entry.subject) == (people.wangli, f"department:{department.pk}")
    assert entry.detail == {"act": "RenameDepartment"}


def test_without_the_verb_nothing_happens_and_the_refusal_is_logged(people, now):
    department = Department.objects.get(code="990100-em")
    with pytest.raises(NotAllowed, match="没有“改名”的权限"):
        RenameDepartment(people.zhoumin.actor, now, department, "新名").do()
    assert AuditEntry.objects.get().detail == {"act": "RenameDepartment", "refused": True}


def test_outside_the_scope_nothing_happens(people, now):
    department = Department.objects.get(code="990100-em")
    with pytest.raises(NotAllowed):
        RenameDepartment(people.linwai.actor, now, department, "新名").do()
    department.refresh_from_db()
    assert department.name == "云溪市应急管理局"


def test_a_deed_that_breaks_leaves_neither_change_nor_audit_row(people, now):
    department = Department.objects.get(code="990100-em")
    with pytest.raises(RuntimeError):
        RenameDepartment(people.wangli.actor, now, department, "坏").do()
    department.refresh_from_db()
    assert department.name == "云溪市应急管理局"
    assert not AuditEntry.objects.exists()
