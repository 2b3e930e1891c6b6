"""Change what a post may do (岗位权限). Everybody who holds it has the new rights from the next page on."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.people import verbs
from wushang.people.access import appointments_on
from wushang.people.deed import Deed, refuse
from wushang.people.models import Role


@dataclass
class ChangeRole(Deed):
    role: Role
    title_of_role: str
    wanted: list[str]
    reason: str

    verb = "people.roles"
    title = _("改岗位权限")

    def check(self) -> None:
        self.role = Role.objects.select_for_update().get(pk=self.role.pk)
        self._right_of_all()
        self._audit_apart()
        if self.actor.user and self._is_own():
            raise refuse("own", _("不能改自己的岗位。"), _("请另一位管理员办理，或由实施人员在服务器上办。"))
        if not self.title_of_role.strip():
            raise refuse("no_title", _("没有写岗位名称。"), _("例如“经办人”。"), column=str(_("岗位名称")))
        if len(self.reason.strip()) < 2:
            raise refuse("reason", _("没有写理由。"), _("例如“文号改由办公室编”。"), column=str(_("理由")))

    def _right_of_all(self) -> None:
        unknown = [verb for verb in self.wanted if verb not in verbs.words() and verb not in self.role.verbs]
        if unknown:
            raise refuse("unknown", _("没有“%(verbs)s”这项权限。") % {"verbs": "、".join(unknown)}, _("请从清单里选。"))
        if not self.wanted:
            raise refuse("empty", _("没有选任何权限。"), _("不再用的岗位，请结束任命，不用清空。"))

    def _audit_apart(self) -> None:
        """Who reads the log does nothing that stands in it: the right is neither given to a post nor taken from the auditor's."""
        if (verbs.AUDITOR in self.wanted) != (verbs.AUDITOR in self.role.verbs):
            raise refuse("audit", _("日志审计只属于审计员岗位，不能加给别的岗位，也不能拿走。"), _("请任命审计员岗位。"))
        if verbs.AUDITOR in self.wanted and len(self.wanted) > 1:
            raise refuse("audit", _("审计员不能兼有别的权限。"), _("请去掉别的权限。"))

    def _is_own(self) -> bool:
        held = appointments_on(self.actor.user, timezone.localdate(self.at))  # type: ignore[arg-type]
        return any((one.deputy_of or one).role_id == self.role.pk for one in held)

    def act(self) -> Role:
        before = set(self.role.verbs)
        self.given, self.taken = sorted(set(self.wanted) - before), sorted(before - set(self.wanted))
        self.role.title, self.role.verbs = self.title_of_role.strip(), sorted(set(self.wanted))
        self.role.save(update_fields=["title", "verbs"])
        return self.role

    def subject(self) -> str:
        return f"role:{self.role.code}"

    def said(self) -> dict:
        return {"given": self.given, "taken": self.taken, "reason": self.reason.strip()}
