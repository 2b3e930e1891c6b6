"""另发文书 under a warning that goes on (挂牌督办通知书): drafted; then it takes the same way as the first letter: 审核, 签发 or
线下签批, 文号, 发出."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people import area
from wushang.people.models import Department
from wushang.warn import clocks, compose, numbers, wording
from wushang.warn.deed import WarningDeed
from wushang.warn.models import Letter


@dataclass
class AttachLetter(WarningDeed):
    kind: str
    values: dict[str, Any] = field(default_factory=dict)
    typed: str = ""  # the OA's number, where it is known already
    word: str = ""  # or the 字 of our own series
    house: Department | None = None  # who decided it, and so issues it; None: whoever issued the first letter

    verb = "warn.draft"
    title = gettext_lazy("起草另发文书")
    move = "join"
    purpose: ClassVar[str] = "attached"

    def act(self) -> Letter:
        made = self._letter()
        if self.typed.strip() or self.word.strip():
            numbers.give(made, self.typed, self.word, self.at, self.today)
        self.record(_("起草《%(title)s》") % {"title": made.title})
        return made

    def _letter(self, **more: Any) -> Letter:
        first, wanted = self.warning.letter, wording.letter(self.kind)
        house = self.house or first.bureau
        known = compose.terms(self.warning, self.kind) | {"place": area.whole(self.where()[0][0][:6])}
        return Letter.objects.create(
            warning=self.warning, kind=self.kind, purpose=self.purpose, title=wanted.title, issuer=house.name if house else first.issuer, bureau=house,
            values={name: value for name, value in (known | self.values).items() if name in wanted.fields},
            state="drafted", due=clocks.due("drafted", self.today), created=self.at, **more,
        )  # fmt: skip
