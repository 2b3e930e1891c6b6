"""区划变更: from a day on the place that had one code has another (撤并, 改码, 划转). Posts and departments move with it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Appointment, Department, Region, RegionChange, valid_on

JOINED = ("区划调整", "划转")
KINDS = ("同名改码", "撤镇设街道", "撤县设市", "撤县设区", *JOINED)


@dataclass
class ChangeRegion(Deed):
    """Facts are not touched: those of before count for the old region, and who answers for the new one sees them."""

    on: date
    kind: str
    old: str
    new: str
    source: str

    verb = "people.places"
    title = _("登记区划变更")

    def where(self) -> tuple[Place, ...]:
        return ((self.old, "", None), (self.new, "", None))

    def check(self) -> None:
        if self.kind not in KINDS:
            raise refuse("kind", _("“%(kind)s”不是变更类别。") % {"kind": self.kind}, "、".join(KINDS), column=str(_("类别")), value=self.kind)
        if self.old == self.new:
            raise refuse("same", _("变更前后是同一个代码。"), _("代码不变、只改名的，请用“改名”。"))
        for code in (self.old, self.new):
            if not Region.objects.filter(code=code).exists():
                raise refuse("region", _("地区“%(code)s”不在平台里。") % {"code": code}, _("请先登记地区。"), value=code)
        if not Region.objects.filter(valid_on(self.on - timedelta(days=1)), code=self.old).exists():
            raise refuse("ended", _("变更前的地区那时已经停用。"), _("请核对代码和日期。"), value=self.old)
        if self.on > timezone.localdate(self.at):
            raise refuse("future", _("生效日期还没有到。"), _("请在生效当天或以后登记。"), column=str(_("生效日期")), value=str(self.on))
        if not self.source.strip():
            raise refuse("no_source", _("没有写依据文件。"), _("例如“省政府批复浙政函〔2025〕12号”。"), column=str(_("依据")))

    def act(self) -> RegionChange:
        made = RegionChange.objects.create(on=self.on, kind=self.kind, old=self.old, new=self.new, source=self.source.strip())
        old, new = Region.objects.get(code=self.old), Region.objects.get(code=self.new)
        old.valid_to = self.on - timedelta(days=1)
        old.save(update_fields=["valid_to"])
        self._begin(new)
        Department.objects.filter(region=old).update(region=new)
        self.posts = self._move_posts()
        return made

    def _begin(self, new: Region) -> None:
        """A code that came with the change holds from that day; a region that others join stood before."""
        if self.kind not in JOINED and new.valid_from is None:
            new.valid_from = self.on
            new.save(update_fields=["valid_from"])

    def _move_posts(self) -> int:
        """The posts that still hold over the old region, over the new one from now on; returns how many."""
        today = timezone.localdate(self.at)
        held = [one for one in Appointment.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today)) if self.old in one.regions]
        for one in held:
            one.regions = list(dict.fromkeys(self.new if code == self.old else code for code in one.regions))
            one.save(update_fields=["regions"])
        return len(held)

    def subject(self) -> str:
        return f"region:{self.old}"

    def said(self) -> dict:
        return {"to": self.new, "on": str(self.on), "kind": self.kind, "source": self.source, "posts": getattr(self, "posts", 0)}
