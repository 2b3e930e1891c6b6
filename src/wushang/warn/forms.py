"""签批单 and 签收回执: the two forms that go with a letter, as rows of label and value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wushang.warn.piece import Piece

METHODS = ("当面", "手机签收", "邮寄", "留置", "公告")


def sign_off_sheet(piece: Piece, *, level: str, drafted_by: str, steps: Sequence[str]) -> dict[str, Any]:
    """The sheet that is signed by hand: one box for every step, the piece's own particulars above."""
    rows = [
        [_cell("文号", piece.number), _cell("等级", level)],
        [_cell("标题", "".join(piece.heading), 18)],
        [_cell("主送", piece.to.rstrip("：")), _cell("文种", piece.name)],
        [_cell("抄送", piece.copies or "无")],
        [_cell("拟稿", drafted_by), _cell("附件", "、".join(a.title for a in piece.attachments) or "无")],
    ]
    rows += [[_cell(step, "", 34, top=True)] for step in steps]
    rows += [[_cell("印制份数", ""), _cell("校对", "")]]
    foot = [f"核验码 {piece.code}", "签字后请将盖章的正式件扫描上传到本件；以扫描件为正式件。"]
    return _sheet(piece, "发文签批单", piece.issuer, rows, foot)


def receipt_slip(piece: Piece, *, enterprise: str) -> dict[str, Any]:
    """签收回执: what was handed over, how, when, and who signed for it."""
    boxes = "　".join(f"□{m}" for m in METHODS)
    rows = [
        [_cell("文书", f"《{piece.name}》")],
        [_cell("文号", piece.number), _cell("文书日期", piece.signed)],
        [_cell("受送达单位", enterprise, 14)],
        [_cell("送达地点", "", 14)],
        [_cell("送达方式", boxes, 12)],
        [_cell("签收人", "", 16), _cell("职务", "", 16)],
        [_cell("签收时间", "    年  月  日  时"), _cell("联系电话", "")],
        [_cell("送达人", "", 16), _cell("见证人", "", 16)],
        [_cell("备注", "", 26, top=True)],
    ]
    foot = [f"核验码 {piece.code}", "单位盖章或签收人签字后，由送达人拍照上传。留置送达的，请注明原因并由见证人签字。"]
    return _sheet(piece, "签收回执", piece.issuer, rows, foot)


def _cell(label: str, value: str, height: int = 10, *, top: bool = False) -> dict[str, Any]:
    return {"label": label, "value": value, "height": height, "top": top}


def _sheet(piece: Piece, title: str, under: str, rows: list[Any], foot: list[str]) -> dict[str, Any]:
    return {"title": title, "under": under, "rows": rows, "foot": foot, "band": piece.band}
