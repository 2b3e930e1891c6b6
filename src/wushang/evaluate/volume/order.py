"""The volume of one warning: its pieces in the order in which the work was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.evaluate.volume import kept, of_case, of_recheck, of_warning
from wushang.evaluate.volume.piece import Piece
from wushang.people.scope import Scope
from wushang.rectify.models import Case
from wushang.rectify.words import unit_name
from wushang.warn.models import Warning
from wushang.warn.papers import BANDS
from wushang.warn.units import place_of

VERB = "evaluate.archive"
READS = ("rectify.see", "warn.see", "evaluate.see")  # what a volume tells is what these show


@dataclass(frozen=True)
class Volume:
    title: str  # 案卷题名
    office: str  # 立卷单位
    unit: str
    warning: int
    pieces: tuple[Piece, ...]
    start: date
    ended: datetime | None  # 办结, or how else the warning ended
    term: str  # 保管期限, in words
    band: str

    @property
    def end(self) -> date | None:
        return timezone.localdate(self.ended) if self.ended else None

    def numbered(self) -> list[tuple[int, Piece]]:
        """顺序号 and piece."""
        return list(enumerate(self.pieces, 1))

    def find(self, key: str) -> tuple[int, Piece] | None:
        return next((one for one in self.numbered() if one[1].key == key), None)


def may_open(scope: Scope, warning: Warning) -> bool:
    place = place_of(warning.enterprise_id)
    return all(scope.covers(verb, *place) for verb in (VERB, *READS))


def volume(warning: Warning, scope: Scope) -> Volume:
    """As this person may read it: what the person's rights do not reach says so in its place."""
    place, unit = place_of(warning.enterprise_id), unit_name(warning.enterprise_id)
    band, office = BANDS[warning.mode], _office(warning)
    case = Case.objects.filter(warning=warning).first()
    ended = warning.ended if not warning.is_open else None
    title = _("%(unit)s%(level)s办理案卷") % {"unit": unit, "level": warning.rank_level.zh}
    pieces = _pieces(warning, case, unit, office, band, lambda verb: scope.covers(verb, *place))
    return Volume(
        title,
        office,
        unit,
        warning.pk,
        tuple(pieces),
        timezone.localdate(warning.opened),
        ended,
        kept.words(ended),
        band,
    )


def _office(warning: Warning) -> str:
    """Who issued, else whose clerk handles it."""
    house = warning.handler.department if warning.handler else None
    return warning.letter.issuer if warning.letter else house.name if house else ""


def _pieces(
    warning: Warning, case: Case | None, unit: str, office: str, band: str, may: Callable[[str], bool]
) -> list[Piece]:
    found: list[Any] = [
        of_warning.why(warning, office, band),
        *of_warning.letters(warning),
        *of_warning.signatures(warning, office, band),
    ]
    found += of_warning.deliveries(warning, office, band)
    if case:
        found += of_case.of_plans(case, unit, band)
        found += of_case.reports(case, unit, band)
        found += of_case.interviews(case, office, band, may)
    found += of_case.referrals(warning, band)
    found += of_case.corrections(warning, unit, band, may)
    if case:
        found += of_recheck.rechecks(case, band)
    return [*found, of_case.record(warning, case, office, band)]
