"""设置・文书模板: each letter as shipped — its form, version and fields, the rules in force that call for it, a sample as PDF."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.judge import prose
from wushang.judge.models import PolicyVersion
from wushang.people.scope import Scope
from wushang.warn import wording
from wushang.warn.models import Letter
from wushang.warn.rendering import pdf
from wushang.warn.wording import FOLDER, Wording

FORMS = {"letter": gettext_lazy("信函格式"), "document": gettext_lazy("文件格式")}
KINDS = {
    "text": gettext_lazy("文字"), "long": gettext_lazy("长文字"), "lines": gettext_lazy("逐行"), "date": gettext_lazy("日期"),
    "count": gettext_lazy("数"), "table": gettext_lazy("表格"), "term": gettext_lazy("规则带入"),
}  # fmt: skip


@dataclass(frozen=True)
class Call:
    """A rule in force that has this letter written at one of its levels, and the document it goes by."""

    rule: PolicyVersion
    outcome: str
    document: str


def letters(scope: Scope, today: date) -> list[dict[str, Any]]:
    """Every letter there is, those that rules call for first."""
    calls, used = _calls(scope, today), _used(today.year)
    rows = [_letter(wording.letter(name), calls.get(name, []), used.get(name, 0)) for name in wording.names()]
    return sorted(rows, key=lambda row: (not row["calls"], row["letter"].name))


def _letter(letter: Wording, calls: list[Call], used: int) -> dict[str, Any]:
    fields = [{"field": one, "kind": KINDS[one.kind], "given": _given(one.default) or one.hint} for one in letter.fields.values()]
    return {"letter": letter, "form": FORMS[letter.form], "version": version(letter.name), "calls": calls, "used": used, "fields": fields}


def _given(default: Any) -> str:
    """What stands there from the beginning."""
    return "；".join(line.rstrip("；。") for line in default) if isinstance(default, list) else str(default or "")


def version(name: str) -> str:
    """The first eight places of the SHA-256 of the letter's file: another wording is another version."""
    return hashlib.sha256((FOLDER / f"{name}.yaml").read_bytes()).hexdigest()[:8]


def _calls(scope: Scope, today: date) -> dict[str, list[Call]]:
    found: dict[str, list[Call]] = {}
    for rule in PolicyVersion.objects.in_force_on(today).order_by("policy", "region"):
        pack = rule.pack
        for code, case in pack.cases.items():
            if case.letter and scope.covers("judge.see", rule.region):
                found.setdefault(case.letter, []).append(Call(rule, prose.title(pack, code), pack.source.get("document") or pack.source["title"]))
    return found


def _used(year: int) -> dict[str, int]:
    """Letters of this year that have a number, by kind."""
    rows = Letter.objects.filter(signed__year=year).exclude(number="").order_by()
    return dict(rows.values_list("kind").annotate(n=Count("pk")))


def sample(name: str, issuer: str) -> bytes:
    """The letter's own example as PDF, marked as a sample."""
    letter = wording.letter(name)
    paper = letter.fill(letter.example["given"], issuer=issuer, number="", signed=None, seal="none", band=_("样张，不具效力"))
    return pdf.letter_pdf(paper, settings.WUSHANG_FONT_DIR)
