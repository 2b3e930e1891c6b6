"""地图: keep an uploaded map of a region's townships. The newest holds; the older stay in the ledger."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wushang.people import outline
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import AreaMap, Region

LARGEST = 20_000_000  # bytes


@dataclass
class KeepMap(Deed):
    """Returns the kept map."""

    region: Region
    file_name: str
    content: bytes
    approval: str = ""  # 审图号, as printed beside the map

    verb = "people.places"
    title = _("上传地图")

    def where(self) -> tuple[Place, ...]:
        return ((self.region.code, "", None),)

    def check(self) -> None:
        if len(self.content) > LARGEST:
            raise refuse("map", _("文件超过 20 MB。"), _("请把边界简化后再上传。"))
        try:
            text = self.content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise refuse("map", _("文件不是 UTF-8 编码。"), _("请另存为 UTF-8 编码的 GeoJSON。")) from None
        self.kept = outline.read(text, parts_of(self.region))

    def act(self) -> AreaMap:
        return AreaMap.objects.create(
            region=self.region, content=self.kept, file_name=self.file_name[:200], approval=self.approval.strip(),
            name=self.actor.name, at=self.at,
        )  # fmt: skip

    def subject(self) -> str:
        return f"region:{self.region.code}"

    def said(self) -> dict:
        return {"file": self.file_name, "parts": len(self.kept[self.kept["kind"]])}


def parts_of(region: Region) -> dict[str, str]:
    """code → name of the townships that a map of the region is of."""
    return dict(Region.objects.filter(parent=region, valid_to=None).values_list("code", "name"))
