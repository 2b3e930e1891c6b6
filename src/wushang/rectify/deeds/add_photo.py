"""上传照片, and taking one away again before the report is sent."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.rectify import photos
from wushang.rectify.deed import CaseDeed
from wushang.rectify.deeds.save_answer import must_be_open
from wushang.rectify.models import Photo, RectifyReport


@dataclass
class AddPhoto(CaseDeed):
    report: RectifyReport
    data: bytes

    verb = "rectify.answer"
    title = gettext_lazy("上传照片")

    def check(self) -> None:
        super().check()
        self.report.refresh_from_db()
        must_be_open(self.report)
        self.kind = photos.check(self.data)
        if self.report.photos.filter(removed=None).count() >= photos.MOST:
            raise refuse("most", _("照片已有 %(n)d 张。") % {"n": photos.MOST}, _("请先删去不要的照片。"), column=str(_("照片")))

    def act(self) -> Photo:
        digest = photos.keep(self.data, self.kind)
        held = self.report.photos.filter(sha256=digest, removed=None).first()
        return held or Photo.objects.create(
            report=self.report, sha256=digest, kind=self.kind, size=len(self.data), at=self.at
        )


@dataclass
class RemovePhoto(CaseDeed):
    photo: Photo

    verb = "rectify.answer"
    title = gettext_lazy("删去照片")

    def check(self) -> None:
        super().check()
        self.photo.refresh_from_db()
        must_be_open(self.photo.report)
        if self.photo.report.case_id != self.case.pk or self.photo.removed:
            raise refuse("gone", _("这张照片已经不在了。"), _("请刷新本页。"))

    def act(self) -> None:
        self.photo.removed = self.at
        self.photo.save(update_fields=["removed"])
