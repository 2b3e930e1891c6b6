"""Change the fields of a draft; the section head may mend a draft that lies with him."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.warn import wording
from wushang.warn.deed import WarningDeed
from wushang.warn.models import Letter, LetterEdit


@dataclass
class EditLetter(WarningDeed):
    letter: Letter
    values: dict[str, Any] = field(default_factory=dict)

    verb = "warn.draft"
    title = gettext_lazy("修改文书")
    move = "edit"
    verb_by_state = {"submitted": "warn.review"}

    def __post_init__(self) -> None:
        self.further = self.letter if self.letter.purpose != "main" else None
        super().__post_init__()

    def check(self) -> None:
        super().check()
        if self.verb == "warn.review":  # it lies with who reviews it
            self.must_be_of_the_issuer()
        unknown = set(self.values) - set(wording.letter(self.letter.kind).fields)
        if unknown:
            raise refuse("field", _("文书没有这些字段：%(names)s。") % {"names": "、".join(sorted(unknown))})
        for name, value in self.values.items():
            self._check_value(wording.letter(self.letter.kind).fields[name], value)

    def _check_value(self, asked: wording.Field, value: Any) -> None:
        why = wording.value_problem(asked, value)
        if asked.kind == "term" and not wording.same(asked, self.letter.values.get(asked.name), value):
            why = _("%(label)s由预警规则得出，不能在文书里另写") % {"label": asked.label}
        if why:
            raise refuse("value", why, _("请改正后再保存。"), column=asked.label, value=str(value))

    def act(self) -> dict[str, list[Any]]:
        """Returns what changed: field → [before, after]."""
        before = self.letter.values
        fields = wording.letter(self.letter.kind).fields
        changes = {k: [before.get(k), v] for k, v in self.values.items() if not wording.same(fields[k], before.get(k), v)}
        if not changes:
            return {}
        self.letter.values = {**before, **self.values}
        self.letter.save(update_fields=["values"])
        LetterEdit.objects.create(
            letter=self.letter, at=self.at, name=self.actor.name, draft=self.letter.draft, changes=changes
        )
        self.record(_("修改文书：%(what)s") % {"what": "、".join(fields[k].label for k in changes)})
        return changes

    def said(self) -> dict:
        return {"letter": self.letter.pk, "fields": sorted(self.values)}
