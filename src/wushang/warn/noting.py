"""The 更正说明 of a correction: whom it is for, what it says first, which signature it waits for."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.models import Department
from wushang.warn import issuing, office, signing, states, units
from wushang.warn.models import CorrectedUse, Correction, Letter, Warning

KIND = "correction_note"
WRITTEN = ("cause", "effect", "contact", "contact_phone")  # fields that a person writes
REASONS: dict[str, Any] = {
    "late": gettext_lazy("有的事故申报较晚，原材料发出后才报到"),
    "changed": gettext_lazy("报送单位更正了原来报送的数据"),
    "mended": gettext_lazy("经核对，原登记的数据有误，已经订正"),
    "refused": gettext_lazy("原计入的事故经认定不属于工伤"),
    "withdrawn": gettext_lazy("报送单位撤回了原来报送的数据"),
    "merge": gettext_lazy("同一单位原按两个单位登记，已经归并"),
    "split": gettext_lazy("原归并为一个单位的两个单位，已经分开"),
}


def waits_for(correction: Correction) -> str:
    """The next step of its note: draft, review, countersign, sign, issue; '' when it has left."""
    done = {step.step for step in correction.steps.all() if step.live}
    if correction.state == "explained":
        return ""
    if "draft" not in done:
        return "draft"
    if "sign_offline" in done:
        return "issue"
    return next((step for step in signing.steps() if step not in done), "issue")


def outside(correction: Correction) -> list[CorrectedUse]:
    """The uses that no longer hold and left the platform; those told to the unit itself where there are any, since
    the note is for it. None where all that left still holds."""
    uses = list(correction.uses.all())
    told = [use for use in uses if use.outside] or uses
    moved = [use for use in told if use.differs]
    return [use for use in moved if use.to_unit] or moved


def to_unit(correction: Correction) -> bool:
    return any(use.to_unit for use in correction.uses.all())


def letters_of(correction: Correction) -> QuerySet[Letter]:
    refs = [use.ref for use in correction.uses.all() if use.kind == "letter"]
    return Letter.objects.filter(pk__in=refs).select_related("warning").order_by("-pk")


def warning_of(correction: Correction) -> Warning | None:
    """The piece under which the note is filed: the newest one whose letter carries the old figure."""
    letter = letters_of(correction).first()
    return letter.warning if letter else None


def departments(correction: Correction) -> list[Department]:
    """Departments and townships that had the old figure from us."""
    found: dict[int, Department] = {}
    for letter in letters_of(correction):
        rows = letter.deliveries.exclude(department=None).filter(state__in=("sent", "delivered")).select_related("department")
        found |= {row.department_id: row.department for row in rows}
    names = {name for use in correction.uses.all() if use.kind == "push" for name in use.told}
    found |= {one.pk: one for one in Department.objects.filter(name__in=names)}
    return list(found.values())


def bureau(correction: Correction) -> Department | None:
    """Who issues the note: who issued the letter with the old figure, else the bureau of human resources."""
    first = letters_of(correction).first()
    known = first and (first.bureau or (issuing.bureau(first.warning.finding) if first.warning else None))
    return known or units.nearest("hrss", units.place_of(correction.enterprise_id)[0])


def values(correction: Correction, written: dict[str, Any]) -> dict[str, Any]:
    """All fields of the note: figures from what was found, the rest as a person wrote it."""
    name = unit_name(correction)
    copies = "，".join(one.name for one in departments(correction))
    known = {
        "to": name if to_unit(correction) else _("各有关单位"), "about": name, "figures": figures(correction),
        "version": _("第%(n)d号") % {"n": correction.commit}, "copies": copies,
    } | suggested(correction)  # fmt: skip
    known |= {key: str(written[key]).strip() for key in WRITTEN if key in written}
    return {key: value for key, value in known.items() if value not in ("", [])}


def suggested(correction: Correction) -> dict[str, str]:
    """What the form holds before anybody has written in it."""
    kept = correction.note.values if correction.note else {}
    first = letters_of(correction).first()
    said = {
        "cause": str(REASONS[correction.cause]), "effect": effect(correction),
        "contact": first.values.get("contact", "") if first else "",
        "contact_phone": (first.values.get("contact_phone", "") if first else "") or office.telephone(first.bureau if first else None),
    }  # fmt: skip
    return said | {key: kept[key] for key in WRITTEN if kept.get(key)}


def effect(correction: Correction) -> str:
    """What follows: a withdrawal is decided apart and never by the note."""
    first = letters_of(correction).first()
    held = first.warning if first else None
    if held is None or first is None:
        return _("其他内容不变。")
    if held.state in states.ENDED:
        return _("原《%(title)s》已经%(state)s，不用再办理。") % {"title": first.title, "state": held.state_title}
    if held.withdrawal_proposed:
        return _("原《%(title)s》是否撤回，我单位另行决定并书面告知；在此之前，原定的整改照常进行。") % {"title": first.title}
    return _("原《%(title)s》的其他内容不变，原定的整改照常进行。") % {"title": first.title}


def figures(correction: Correction) -> list[dict[str, str]]:
    return [
        {
            "where": f"{use.what}{use.number}", "day": use.day.isoformat(), "figure": use.figure, "old": use.old, "new": use.new,
        }
        for use in outside(correction)
    ]  # fmt: skip


def unit_name(correction: Correction) -> str:
    """As the letter called it, else as it is called now."""
    first = letters_of(correction).first()
    named = first.values.get("enterprise", "") if first else ""
    now = units.version_of(correction.enterprise_id)
    return str(named) or (now.name if now else "")


def page_of(correction: Correction) -> str:
    try:
        return reverse("correction", args=[correction.pk])
    except NoReverseMatch:  # the top floor's page is not built in
        return ""
