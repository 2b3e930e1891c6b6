"""Letters as data: reads letters/<name>.yaml, binds its fields, checks it, fills it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from wushang.warn.piece import Attachment, Block, Piece, day, ordinal

FOLDER = Path(__file__).parent / "letters"
FIELD = re.compile(r"\{(\w+)\}")
BLANK = "＿＿＿＿"
KINDS = {"text", "long", "lines", "date", "count", "table", "term"}  # term: the rule's own (期限, 依据), no person writes it
TITLE_WIDTH = 20  # characters of 二号 across 156 mm


class LetterWrong(ValueError):
    """A letter file that cannot be used; the message names the file and the place."""


@dataclass(frozen=True)
class Field:
    name: str
    label: str
    kind: str = "text"
    required: bool = True
    default: Any = None
    hint: str = ""
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Wording:
    """One letter file, checked."""

    name: str
    title: str
    form: str
    word: str
    fields: dict[str, Field]
    heading: str
    to: str
    body: tuple[Any, ...]
    attachment: dict[str, str] | None
    copies: str
    example: dict[str, Any]

    def missing(self, values: dict[str, Any]) -> list[Field]:
        """Required fields that hold nothing yet; a zero count is something."""
        return [f for f in self.fields.values() if f.required and _empty(self._value(f, values))]

    def fill(self, values: dict[str, Any], *, issuer: str, number: str, signed: date | None, **paper: Any) -> Piece:
        """Field values → the written piece; a field without value prints a blank line to be filled by hand."""
        return Piece(
            name=self.title,
            form=self.form,
            issuer=issuer,
            number=number or f"{self.word}〔    〕  号",
            heading=title_lines(self._say(self.heading, values)),
            to=self._say(self.to, values),
            blocks=tuple(b for part in self.body for b in self._blocks(part, values)),
            attachments=self._attachments(values),
            copies=self._say(self.copies, values) if self._holds(self.copies, values) else "",
            signer=issuer,
            signed=day(signed) if signed else "    年  月  日",
            **paper,
        )

    def _value(self, field: Field, values: dict[str, Any]) -> Any:
        value = values.get(field.name)
        return field.default if _empty(value) else value

    def _say(self, text: str, values: dict[str, Any]) -> str:
        return FIELD.sub(lambda m: spoken(self.fields[m[1]], self._value(self.fields[m[1]], values)), text)

    def _holds(self, text: str, values: dict[str, Any]) -> bool:
        """Whether every field of a text that may be left out has something to say."""
        names = FIELD.findall(text)
        return all(not _empty(self._value(self.fields[n], values)) for n in names)

    def _blocks(self, part: Any, values: dict[str, Any]) -> list[Block]:
        if isinstance(part, str):
            return [Block("para", self._say(part, values))]
        when = part.get("when")
        if when and not self._value(self.fields[when], values):
            return []
        if "parts" in part:
            return [Block("para", "".join(b.text for p in part["parts"] for b in self._blocks(p, values)))]
        if "list" in part:
            return self._items(self._value(self.fields[part["list"]], values) or [])
        if "table" in part:
            return [self._table(self.fields[part["table"]], values)]
        kind = "heading" if "heading" in part else "para"
        return [Block(kind, self._say(part.get("heading") or part["text"], values))]

    def _items(self, lines: list[str]) -> list[Block]:
        """Lines → 一、… ； or, under headings that already use 一、, （一）…; the last one ends with 。"""
        under_headings = any(isinstance(part, dict) and "heading" in part for part in self.body)
        number = (lambda i: f"（{ordinal(i)}）") if under_headings else (lambda i: f"{ordinal(i)}、")
        said = [number(i) + line.rstrip("；。;. ") for i, line in enumerate(lines, 1)]
        return [Block("item", text + ("。" if text is said[-1] else "；")) for text in said]

    def _table(self, field: Field, values: dict[str, Any]) -> Block:
        rows = self._value(field, values) or []
        cells = tuple(tuple(_cell(row.get(key)) for key, _ in field.columns) for row in rows)
        return Block("table", columns=tuple(label for _, label in field.columns), rows=cells)

    def _attachments(self, values: dict[str, Any]) -> tuple[Attachment, ...]:
        if not self.attachment:
            return ()
        lines = self._value(self.fields[self.attachment["list"]], values) or []
        return (Attachment(self.attachment["title"], tuple(lines)),) if lines else ()


def spoken(field: Field, value: Any) -> str:
    """A field's value as it is read aloud in the letter."""
    if _empty(value):
        return BLANK if field.required else ""
    if field.kind == "date":
        return day(value if isinstance(value, date) else date.fromisoformat(value))
    return "、".join(map(str, value)) if field.kind == "lines" else str(value)


def value_problem(field: Field, value: Any) -> str:
    """Why a value does not fit its field, in Chinese; '' when it does. An empty value fits: it prints a blank."""
    if _empty(value):
        return ""
    if field.kind == "date":
        try:
            date.fromisoformat(str(value))
        except ValueError:
            return f"{field.label}不是日期，应写成 2026-03-05"
    if field.kind == "count" and not (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return f"{field.label}应为不小于 0 的整数"
    if field.kind == "lines" and not (isinstance(value, list) and all(isinstance(v, str) for v in value)):
        return f"{field.label}应为若干行文字"
    if field.kind == "table" and not (isinstance(value, list) and all(isinstance(v, dict) for v in value)):
        return f"{field.label}应为表格"
    if field.kind in ("text", "long", "term") and not isinstance(value, str):
        return f"{field.label}应为文字"
    too_long = field.kind in ("text", "long") and len(str(value)) > (200 if field.kind == "text" else 2000)
    return f"{field.label}太长，请不超过 {200 if field.kind == 'text' else 2000} 字" if too_long else ""


def same(field: Field, before: Any, after: Any) -> bool:
    """Whether both print the same: nothing kept is the default, and a form gives every cell back as text."""
    return _plain(field, before) == _plain(field, after)


def _plain(field: Field, value: Any) -> Any:
    kept = field.default if _empty(value) else value
    if _empty(kept):
        return None
    if field.kind == "lines":
        return [line.strip() for line in kept]
    if field.kind == "table":
        return [["" if row.get(key) is None else str(row[key]).strip() for key, _label in field.columns] for row in kept]
    return kept if field.kind == "count" else str(kept).replace("\r\n", "\n").strip()


def title_lines(text: str) -> tuple[str, ...]:
    """A title in one line where it fits, else broken where the letter file marks it with ｜."""
    whole = text.replace("｜", "")
    return (whole,) if len(whole) <= TITLE_WIDTH else tuple(text.split("｜"))


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "—" if _empty(value) else str(value)


def _empty(value: Any) -> bool:
    return value is None or value == "" or value == []


def names() -> list[str]:
    """The letters there are: one file each."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


@cache
def letter(name: str) -> Wording:
    """The letter of that name, as shipped."""
    if name not in names():
        raise LetterWrong(f"没有名为 {name} 的文书样式；现有：{'、'.join(names())}")
    return read((FOLDER / f"{name}.yaml").read_text("utf-8"), name)


def read(text: str, name: str) -> Wording:
    """The text of a letter file → a checked Wording."""
    raw = yaml.safe_load(text)
    fields = {key: _field(name, key, value) for key, value in raw["fields"].items()}
    wording = Wording(
        name=name,
        title=raw["title"],
        form=raw["form"],
        word=raw["word"],
        fields=fields,
        heading=raw["heading"],
        to=raw["to"],
        body=tuple(raw["body"]),
        attachment=raw.get("attachment"),
        copies=raw.get("copies", ""),
        example=raw["example"],
    )
    _check(wording)
    return wording


def _field(letter_name: str, key: str, raw: dict[str, Any]) -> Field:
    kind = raw.get("kind", "text")
    if kind not in KINDS:
        raise LetterWrong(f"{letter_name}.yaml：字段 {key} 的 kind“{kind}”不认识；可用：{'、'.join(sorted(KINDS))}")
    columns = tuple((raw.get("columns") or {}).items())
    if (kind == "table") != bool(columns):
        raise LetterWrong(f"{letter_name}.yaml：字段 {key} 只有 kind: table 才写 columns，且必须写")
    rest = {k: raw[k] for k in ("required", "default", "hint") if k in raw}
    return Field(name=key, label=raw["label"], kind=kind, columns=columns, **rest)


def _check(wording: Wording) -> None:
    """Every field that the wording uses is declared, every declared one is used, the example fills it whole."""
    used = _used([wording.heading, wording.to, wording.copies, *wording.body, wording.attachment or {}])
    file = f"{wording.name}.yaml"
    if wording.form not in ("letter", "document"):
        raise LetterWrong(f"{file}：form 只能是 letter（信函格式）或 document（文件格式）")
    if unknown := used - set(wording.fields):
        raise LetterWrong(f"{file}：用到了没有声明的字段 {'、'.join(sorted(unknown))}；请在 fields 中补上")
    if idle := set(wording.fields) - used:
        raise LetterWrong(f"{file}：声明了但没有用到的字段 {'、'.join(sorted(idle))}；请用上或删去")
    if bare := wording.missing(wording.example["given"]):
        raise LetterWrong(f"{file}：example 缺少 {'、'.join(f.name for f in bare)}")


def _used(parts: Any) -> set[str]:
    if isinstance(parts, str):
        return set(FIELD.findall(parts))
    if isinstance(parts, (list, tuple)):
        return set().union(*(_used(p) for p in parts)) if parts else set()
    here = {parts[k] for k in ("when", "list", "table") if k in parts}
    return here | _used([parts[k] for k in ("text", "heading", "parts", "title") if k in parts])
