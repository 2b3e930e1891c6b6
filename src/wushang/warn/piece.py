"""A written piece (文书): what stands on the paper, apart from how it is drawn."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date

DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Block:
    """One part of the body: a paragraph, a first-level heading (黑体), a numbered item or a table."""

    kind: str
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Attachment:
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """Everything that is printed; `form` is letter (信函格式) or document (文件格式)."""

    name: str
    form: str
    issuer: str
    number: str
    heading: tuple[str, ...]
    to: str
    blocks: tuple[Block, ...]
    signer: str
    signed: str
    attachments: tuple[Attachment, ...] = ()
    copies: str = ""
    seal: str = "sample"
    band: str = ""
    link: str = ""
    code: str = field(default="", compare=False)

    def text(self) -> str:
        """The wording as plain lines, in reading order."""
        lines = ["".join(self.heading), self.to]
        for block in self.blocks:
            lines += [block.text] if block.kind != "table" else [" ".join(r) for r in (block.columns, *block.rows)]
        lines += self.notes()
        lines += [line for attachment in self.attachments for line in (attachment.title, *attachment.lines)]
        return "\n".join([*lines, self.signer, self.signed, self.copies])

    def notes(self) -> list[str]:
        """附件说明 below the body: 附件：甲, or 附件：1.甲 and 2.乙 for several."""
        titles = [a.title for a in self.attachments]
        if len(titles) < 2:
            return [f"附件：{t}" for t in titles]
        return [("附件：" if i == 1 else "　　　") + f"{i}.{t}" for i, t in enumerate(titles, 1)]

    def stamped(self, link: str, salt: str) -> Piece:
        """The same piece with its link and its verify code."""
        return replace(self, link=link, code=digest(self, salt)[:16].upper())


def digest(piece: Piece, salt: str) -> str:
    """SHA-256 over number and wording; the salt keeps the code of a short letter from being guessed.

    Not over the date: a letter printed for stamping leaves it open, and its code must hold when the date is known.
    """
    said = {k: v for k, v in asdict(piece).items() if k not in ("link", "code", "seal", "band", "signed")}
    text = json.dumps([salt, said], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def day(value: date) -> str:
    """2026-03-05 → 2026年3月5日, without padding (GB/T 9704-2012, 7.3.5)."""
    return f"{value.year}年{value.month}月{value.day}日"


def ordinal(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十: the figures of first-level items, up to 99."""
    if number < 1 or number > 99:
        raise ValueError(f"an item number must be between 1 and 99, not {number}")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones else "")
