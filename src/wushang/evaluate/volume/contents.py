"""案卷封面, 卷内文件目录 and 卷内备考表 on paper (columns of GB/T 9705-2008, the file's place in the archive for the page's), with the
digest of every file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from wushang.evaluate.volume import sheet
from wushang.evaluate.volume.order import Volume
from wushang.evaluate.volume.piece import Piece


@dataclass(frozen=True)
class Packed:
    """A piece as it lies in the archive; `digest` '' where its file could not be found."""

    place: int
    piece: Piece
    name: str
    digest: str  # SHA-256
    size: int  # bytes


def pdf(volume: Volume, packed: list[Packed], by: str, at: datetime) -> bytes:
    blocks = [
        _cover(volume),
        sheet.heading(_("卷内文件目录")),
        _contents(packed),
        sheet.heading(_("卷内备考表")),
        _remarks(packed, by, at),
    ]
    files = [(one.place, one.name, f"{one.digest[:32]}\n{one.digest[32:]}") for one in packed if one.digest]
    blocks += [
        sheet.heading(_("文件校验（SHA-256）")),
        sheet.table((_("序号"), _("文件"), _("校验码")), (1, 5, 6), files),
    ]
    return sheet.pdf(_("案卷"), blocks, under=volume.title, band=volume.band, foot=volume.title)


def _cover(volume: Volume) -> dict:
    return sheet.facts(
        (_("案卷题名"), volume.title), (_("立卷单位"), volume.office), (_("起止日期"), f"{volume.start} 至 {sheet.day(volume.ended)}"),
        (_("保管期限"), volume.term), (_("件数"), _("%(n)d 件") % {"n": len(volume.pieces)}), (_("预警件"), _("第 %(n)d 件") % {"n": volume.warning}),
    )  # fmt: skip


def _contents(packed: list[Packed]) -> dict:
    head = (_("顺序号"), _("文号"), _("责任者"), _("题名"), _("日期"), _("备注"))
    return sheet.table(
        head,
        (1.1, 3, 3, 4, 2, 2.4),
        [(p.place, p.piece.number, p.piece.by, p.piece.title, sheet.day(p.piece.day), remark(p)) for p in packed],
    )


def remark(packed: Packed) -> str:
    """备注: an original or a page printed from the platform's record, and what the piece itself says of it."""
    if not packed.digest:
        return _("原文件不在平台上")
    kind = _("原件") if packed.piece.original else _("平台记录")
    return f"{kind}，{packed.piece.note}" if packed.piece.note else kind


def _remarks(packed: list[Packed], by: str, at: datetime) -> dict:
    originals = sum(1 for one in packed if one.piece.original and one.digest)
    lost = [str(one.place) for one in packed if not one.digest]
    said = _("共 %(n)d 件，其中原件 %(o)d 件，平台记录 %(r)d 件。") % {
        "n": len(packed),
        "o": originals,
        "r": len(packed) - originals - len(lost),
    }
    if lost:
        said += _("第 %(which)s 件的原文件不在平台上，请向系统管理员查询。") % {"which": "、".join(lost)}
    return sheet.facts(
        (_("本卷情况说明"), said), (_("立卷人"), by), (_("立卷时间"), sheet.moment(at)), (_("检查人"), "　")
    )
