"""The pieces that the warning itself left: why, the letters, their signatures, how they were delivered."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.evaluate.volume import reasons, sheet
from wushang.evaluate.volume.piece import Piece
from wushang.terms import codes
from wushang.warn import papers, signing
from wushang.warn.models import Delivery, DeliveryReceipt, Letter, Warning

CHANNELS = {"by_hand": "人工送达", "inbox": "站内", "smtp": "邮件", "sms_http": "短信"}
STEPS = {
    **signing.TITLES,
    "submit": "提交审核",
    "draft": "起草",
    "sign_offline": "线下签批，上传盖章件",
    "send_back": "退回修改",
}


def why(warning: Warning, office: str, band: str) -> Piece:
    """研判结果: what was counted, by which clause, from which version of the data."""
    make = functools.partial(reasons.page, warning, band)
    return Piece("why", _("研判结果（为什么预警）"), office, warning.finding.as_of, make)


def letters(warning: Warning) -> Iterator[Piece]:
    """Every letter that left or got a number, as the file that counts: the stamped scan, else the PDF as issued."""
    for letter in warning.letters.filter(dropped=False).order_by("pk"):
        if kept := papers.official_file(letter):
            ending = kept.name.rsplit(".", 1)[-1].lower()
            note = _("盖章件扫描") if kept.kind == "scan" else ""
            yield Piece(f"letter-{letter.pk}", letter.title, letter.issuer, letter.signed, functools.partial(_read, kept.file),
                        ending, letter.number, original=True, note=note)  # fmt: skip


def _read(held: Any) -> bytes:
    with held.open("rb") as opened:
        return opened.read()


def signatures(warning: Warning, office: str, band: str) -> Iterator[Piece]:
    """签批记录 of the letters, with what was sent back and what was remarked."""
    steps = [*warning.steps.all(), *(step for letter in warning.letters.all() for step in letter.steps.all())]
    if steps:
        last = timezone.localdate(max(step.at for step in steps))
        yield Piece("signatures", _("签批记录"), office, last, functools.partial(_signatures, warning, steps, band))


def _signatures(warning: Warning, steps: list[Any], band: str) -> bytes:
    rows = [
        (sheet.moment(s.at), _of(warning, s.letter), STEPS.get(s.step, s.step), s.name, s.remark)
        for s in sorted(steps, key=lambda s: s.at)
    ]
    head = (_("时间"), _("文书"), _("环节"), _("人员"), _("意见"))
    return sheet.pdf(_("签批记录"), [sheet.table(head, (3, 3, 3, 2, 5), rows)], band=band)


def _of(warning: Warning, letter: Letter | None) -> str:
    of = letter or warning.letter
    return of.title if of else ""


def deliveries(warning: Warning, office: str, band: str) -> Iterator[Piece]:
    """签收回执 of each delivery by hand with its slip or photo, then the list of all that was sent."""
    for n, receipt in enumerate(warning.receipts.filter(undone=None), 1):
        name = _("签收回执 %(n)d") % {"n": n}
        by = receipt.handed_by or office
        yield Piece(
            f"receipt-{receipt.pk}",
            name,
            by,
            receipt.on,
            functools.partial(_receipt, receipt, name, band),
            number=receipt.letter.number,
        )
        if receipt.photo:
            ending = receipt.photo.name.rsplit(".", 1)[-1].lower()
            title = _("%(name)s 照片或回执扫描") % {"name": name}
            yield Piece(
                f"receipt-photo-{receipt.pk}",
                title,
                by,
                receipt.on,
                functools.partial(_read, receipt.photo),
                ending,
                original=True,
            )
    sent = list(warning.deliveries.select_related("inbox_item"))
    if sent:
        last = max((timezone.localdate(row.finished or row.created) for row in sent), default=None)
        yield Piece("sent", _("发送、抄送记录"), office, last, functools.partial(_sent, sent, band))


def _receipt(receipt: DeliveryReceipt, title: str, band: str) -> bytes:
    """签收回执; who signed for it stands masked, as everywhere on the platform. The slip itself follows as it was brought in."""
    said = sheet.facts(
        (_("文书"), f"《{receipt.letter.title}》"), (_("文号"), receipt.letter.number), (_("送达方式"), codes.name("delivery_method", receipt.method)),
        (_("送达日期"), sheet.day(receipt.on)), (_("送达人"), receipt.handed_by), (_("签收人"), receipt.masked_person),
        (_("邮寄单号"), receipt.tracking), (_("备注"), receipt.note), (_("登记"), _registered(receipt)), (_("照片 SHA-256"), receipt.photo_sha256),
    )  # fmt: skip
    return sheet.pdf(title, [said], band=band)


def _registered(receipt: DeliveryReceipt) -> str:
    return f"{receipt.by.name if receipt.by else '平台'} {sheet.moment(receipt.at)}"


def _sent(sent: list[Delivery], band: str) -> bytes:
    head = (_("收件"), _("方式"), _("事由"), _("结果"), _("时间"), _("已阅"))
    return sheet.pdf(_("发送、抄送记录"), [sheet.table(head, (4, 4, 4, 2, 3, 3), map(_row, sent))], band=band)


def _row(row: Delivery) -> tuple[Any, ...]:
    item = getattr(row, "inbox_item", None)
    read = f"{item.read_by} {sheet.moment(item.read)}" if item and item.read else ""
    how = f"{CHANNELS.get(row.channel, '短信')} {row.masked}".strip()
    return row.recipient, how, row.title, row.state_title, sheet.moment(row.finished), read
