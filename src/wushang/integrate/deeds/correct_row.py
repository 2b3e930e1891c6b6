"""订正一行: a landed row was wrong; it is written anew by hand through collect's checks, under the same source, sender and
key, as one more Commit of the kind 'correction'. Nothing of the old version is lost; judging follows by itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.collect.by_hand import read_row, texts_of
from wushang.collect.handing import HandedRow
from wushang.collect.models import Batch
from wushang.collect.shown.cells import masked
from wushang.collect.source import Source
from wushang.integrate.land import Order, land
from wushang.people.deed import Deed, Place, refuse
from wushang.pool.models import Commit, EnterpriseVersion, Reported


@dataclass
class CorrectRow(Deed):
    """`values` is field → cell as a person writes it; the other cells stay as they are. Returns the Commit."""

    fact: Reported
    values: dict[str, str] = field(default_factory=dict)
    reason: str = ""

    verb = "collect.mend"
    title = gettext_lazy("订正一行")

    def where(self) -> tuple[Place, ...]:
        ids = [getattr(self.fact, name, None) for name in ("enterprise_id", "employer_id", "host_id")]
        now = EnterpriseVersion.objects.current().filter(enterprise__in=[one for one in ids if one])
        return tuple((one.region, one.industry, one.enterprise_id) for one in now)

    def check(self) -> None:
        self.fact.refresh_from_db()
        if self.fact.superseded_id is not None:
            raise refuse("state", _("这一行刚刚有了新的版本。"), _("请刷新本页，在现行的版本上订正。"))
        if len(self.reason.strip()) < 4:
            raise refuse("reason", _("没有写订正的依据。"), _("请写明依据，例如“电话核对认定决定书原件”。"), column=str(_("依据")))
        self.batch = Batch.objects.filter(pk=self.fact.batch).select_related("version", "sender").first()
        held = texts_of(self.batch, self.fact) if self.batch else {}
        if self.batch is None or not held:
            raise refuse("no_row", _("找不到这一行原来的报送，不能在这里订正。"), _("请退回报送单位，在下次报送中更正。"))
        self.row = self._read(held)

    def _read(self, held: dict[str, str]) -> HandedRow:
        assert self.batch is not None
        source = self.batch.version.loaded()
        touched = {name: text for name, text in self.values.items() if text.strip() not in _as_shown(held.get(name, ""), name, source)}
        self.changed = sorted(touched)
        if not self.changed:
            raise refuse("nothing", _("没有改动任何一列。"), _("请改好后再提交。"))
        remarks, row = read_row(self.batch, self.fact, touched)
        wrong = [remark for remark in remarks if remark.severity == "reject"]
        if wrong:
            first = wrong[0].problem
            raise refuse(first.code, first.why, first.remedy, column=first.column)
        if row.key != self.fact.key:
            raise refuse("key", _("编号不能在这里改：改了就是另一行。"), _("请退回报送单位，撤回原行后重新报送。"))
        return row

    def act(self) -> Commit:
        assert self.batch is not None
        source = self.batch.version.loaded()
        title = _("订正 %(title)s 第 %(n)s 行") % {"title": source.title, "n": self.fact.row or "—"}
        order = Order(source.lands, self.fact.source, self.fact.sender, title, self.fact.batch)
        commit, _outcome = land(order, [self.row], self.actor, self.at, _as_correction)
        if commit is None:
            raise refuse("same", _("改动和现在的一样，没有要订正的。"), _("请核对改的是哪一列。"))
        return commit

    def subject(self) -> str:
        return f"{type(self.fact).__name__}:{self.fact.pk}"

    def said(self) -> dict:
        return {"fields": getattr(self, "changed", []), "reason": self.reason.strip()[:200]}


def _as_shown(text: str, name: str, source: Source) -> tuple[str, ...]:
    """A cell as a page may have shown it: a mask that nobody touched stands for what is under it."""
    return (text.strip(), masked(text, source.columns[name])) if name in source.personal else (text.strip(),)


def _as_correction(commit: Commit | None, _outcome: object) -> None:
    """In the publishing transaction: the clock says that a person corrected a row."""
    if commit is not None:
        commit.kind = "correction"
        commit.save(update_fields=["kind"])
