"""The fields of a letter as a form: made from its wording, one input per field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wushang.warn.wording import Field, Wording

BAR = "｜"


class TableField(forms.CharField):
    """A table as lines of text, its columns parted by ｜."""

    def __init__(self, columns: tuple[tuple[str, str], ...], **rest: Any) -> None:
        self.columns = columns
        super().__init__(**rest)

    def clean(self, value: Any) -> list[dict[str, str]]:
        return [self._row(line) for line in super().clean(value).splitlines() if line.strip()]

    def _row(self, line: str) -> dict[str, str]:
        cells = [cell.strip() for cell in line.replace("|", BAR).split(BAR)]
        if len(cells) != len(self.columns):
            told = {"line": line, "n": len(self.columns), "names": "、".join(label for _key, label in self.columns)}
            raise forms.ValidationError(_("“%(line)s”应有 %(n)d 列，用｜隔开：%(names)s"), params=told)
        return dict(zip([key for key, _label in self.columns], cells, strict=True))


class LinesField(forms.CharField):
    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class LetterForm(forms.Form):
    """All fields of one letter; none is compulsory while it is a draft, missing ones are told at submission."""

    def __init__(self, wording: Wording, values: dict[str, Any], data: Any = None, *, frozen: bool = False) -> None:
        self.wording = wording
        shown = {name: _shown(field, values.get(name, field.default)) for name, field in wording.fields.items()}
        super().__init__(data, initial=shown)
        missing = {field.name for field in wording.missing(values)}
        for name, field in wording.fields.items():
            self.fields[name] = _input(field)
            self.fields[name].disabled = frozen or field.kind == "term"
            self.fields[name].missing = name in missing  # type: ignore[attr-defined]
            self.fields[name].nothing = _nothing(field, shown[name])  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Cleaned values as the letter keeps them (dates as text)."""
        cleaned = self.cleaned_data
        return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in cleaned.items()}


def _nothing(field: Field, value: Any) -> Any:
    """What stands instead of an empty box that nobody may fill: what the letter says where the rule says nothing."""
    return "" if field.kind != "term" or value else field.default or field.hint or _("规则没有写，文书里不写这一项。")


def _input(field: Field) -> forms.Field:
    common: dict[str, Any] = {"label": field.label, "required": False, "help_text": field.hint}
    if field.kind == "date":
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common)
    if field.kind == "count":
        return forms.IntegerField(min_value=0, **common)
    if field.kind == "lines":
        common["help_text"] = field.hint or _("每行一条")
        return LinesField(widget=forms.Textarea(attrs={"rows": 5}), **common)
    if field.kind == "table":
        common["help_text"] = _("每行一条，各列用｜隔开：%(names)s") % {
            "names": "、".join(label for _key, label in field.columns)
        }
        return TableField(field.columns, widget=forms.Textarea(attrs={"rows": 4}), **common)
    if field.kind == "long":
        return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **common)
    if field.kind == "term":
        common["help_text"] = _("由预警规则得出，不在文书里另写")
    return forms.CharField(max_length=200, **common)


def _shown(field: Field, value: Any) -> Any:
    if field.kind == "lines":
        return "\n".join(value or [])
    if field.kind == "table":
        return "\n".join(BAR.join(str(row.get(key, "") or "") for key, _label in field.columns) for row in value or [])
    return value
