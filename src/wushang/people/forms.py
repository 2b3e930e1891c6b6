"""The forms of the people room: account, post, deputy, hand-over, password."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from wushang.people.models import Appointment, Department, Region, Role, User
from wushang.people.scope import Scope, region_prefix
from wushang.terms import codes


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PasswordForm(PasswordChangeForm):
    """The old one and the new one twice; the validators speak for the rules."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {"old_password": _("原密码"), "new_password1": _("新密码"), "new_password2": _("再输一次")}
        for name, label in words.items():
            self.fields[name].label, self.fields[name].help_text = label, ""
        self.error_messages: dict[str, Any] = {
            **PasswordChangeForm.error_messages,
            "password_incorrect": _("原密码不对，请重新输入。忘记了请找本单位账号管理员重置。"),
            "password_mismatch": _("两次输入的新密码不一样，请重新输入。"),
        }


class AccountForm(forms.Form):
    name = forms.CharField(label=_("姓名"), max_length=40, help_text=_("使用人本人，一人一号"))
    username = forms.CharField(label=_("用户名"), max_length=30, help_text=_("登录用，小写字母和数字，例如 zhanghaiyan"))
    department = forms.ModelChoiceField(Department.objects.none(), label=_("部门"), empty_label=_("请选择"))

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["department"]
        chosen.queryset = Department.objects.filter(scope.q("people.manage", region="region__code", industry="pk", enterprise="pk"))


class PostForm(forms.Form):
    """任命: a role over places and, where wanted, industries, between dates."""

    role = forms.ModelChoiceField(Role.objects.order_by("title"), label=_("岗位"), empty_label=_("请选择"))
    regions = forms.MultipleChoiceField(label=_("管辖范围"), widget=forms.CheckboxSelectMultiple)
    industries = forms.CharField(
        label=_("行业"), required=False,
        help_text=_("不填为全部行业；行业主管部门填本行业代码，用顿号隔开，例如 C33、E"),
    )  # fmt: skip
    valid_from = forms.DateField(label=_("从"), required=False, widget=Day, help_text=_("不填为即日起"))
    valid_to = forms.DateField(label=_("到"), required=False, widget=Day, help_text=_("不填为长期"))

    def __init__(self, today: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        chosen: Any = self.fields["regions"]
        chosen.choices = places()

    def clean_industries(self) -> list[str]:
        said = [part for part in self.cleaned_data["industries"].replace("，", "、").replace(",", "、").split("、") if part.strip()]
        found = {part: codes.find("industry", part.strip(), self.today) for part in said}
        wrong = [part for part, code in found.items() if code is None]
        if wrong:
            raise forms.ValidationError(_("“%(text)s”不是国民经济行业代码或名称，请改正。") % {"text": "、".join(wrong)})
        return [code.code for code in found.values() if code]


def places() -> list[tuple[str, str]]:
    """The deployment's own region, then the places straight below it."""
    own = Region.objects.filter(code=settings.WUSHANG_REGION)
    inside = Region.objects.filter(code__startswith=region_prefix(settings.WUSHANG_REGION), valid_to=None)
    below = inside.filter(parent__code=settings.WUSHANG_REGION)
    return [*((r.code, _("%(name)s（全部）") % {"name": r.name}) for r in own), *below.values_list("code", "name")]


class DeputyForm(forms.Form):
    """AB岗: who acts for an appointment, from when to when."""

    principal = forms.ModelChoiceField(Appointment.objects.none(), label=_("岗位"), empty_label=None)
    deputy = forms.ModelChoiceField(User.objects.none(), label=_("代理人"), empty_label=_("请选择"))
    valid_from = forms.DateField(label=_("从"), widget=Day)
    valid_to = forms.DateField(label=_("到"), widget=Day, help_text=_("到期自动收回，不用再办手续"))

    def __init__(self, held: list[Appointment], colleagues: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        post: Any = self.fields["principal"]
        post.queryset = Appointment.objects.filter(pk__in=[one.pk for one in held]).select_related("role")
        post.label_from_instance = lambda one: one.role.title
        self.fields["deputy"].queryset = colleagues  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    taker = forms.ModelChoiceField(User.objects.none(), label=_("接手人"), empty_label=_("请选择"))
    note = forms.CharField(label=_("说明"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, giver: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taker"].queryset = colleagues(giver)  # type: ignore[attr-defined]


def colleagues(user: User) -> Any:
    """Who may take over from somebody: others of the same department whose account is in use."""
    return User.objects.filter(is_active=True, department=user.department).exclude(pk=user.pk).order_by("name")
