"""The forms of the contact pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wushang.pool.contacts import ROLES


class ContactForm(forms.Form):
    role = forms.ChoiceField(label=_("角色"), choices=list(ROLES.items()), initial="handler")
    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(label=_("手机"), max_length=30, widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
                            help_text=_("短信只能发到手机；座机请带区号"))  # fmt: skip
    source = forms.CharField(label=_("来源"), max_length=60, required=False, help_text=_("例如：镇街上门、单位来电"))
    verified = forms.DateField(
        label=_("核实日期"), required=False, help_text=_("打通或上门见到本人的那一天；还没有核实就留空"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )  # fmt: skip


class FileForm(forms.Form):
    file = forms.FileField()

    MOST = 10 * 1024 * 1024

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > self.MOST:
            raise forms.ValidationError(_("文件超过10兆，请分成几个上传。"))
        return file
