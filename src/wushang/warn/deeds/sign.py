"""签发: the leader in charge (分管领导) signs; the day is the letter's date (成文日期)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.warn.complete import must_be_filled
from wushang.warn.deed import WarningDeed
from wushang.warn.signing import TITLES, waits_for


@dataclass
class Sign(WarningDeed):
    remark: str = ""

    verb = "warn.sign"
    title = gettext_lazy("签发")
    move = "sign"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.further is not None and self.further.purpose == "revocation":
            self.verb = "warn.revoke"  # type: ignore[misc]

    def check(self) -> None:
        super().check()
        waiting = waits_for(self.piece)
        if waiting != "sign":
            raise refuse(
                "step", _("本件还没有%(step)s。") % {"step": TITLES.get(waiting, waiting)}, _("请先办完前一环节。")
            )
        must_be_filled(self.paper, _("请退回修改，由经办人补填。"))
        self.must_be_of_the_issuer()
        self.must_be_another_person()

    def act(self) -> None:
        letter = self.paper
        letter.signed = self.today
        letter.save(update_fields=["signed"])
        self.step()
        self.signature("sign", self.remark)
        self.record(_("签发") + (f"，{self.remark}" if self.remark else ""))
