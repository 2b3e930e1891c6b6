"""Place and department names as files write them → our codes. What is not known stays with the deployment's region."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cached_property

from django.conf import settings
from django.db.models import F

from wushang.people.models import Department, Region
from wushang.people.scope import region_prefix
from wushang.people.succession import Succession
from wushang.terms.script import simplified

_TAIL = re.compile(r"(街道办事处|人民政府|管理委员会|管委会|办事处|街道办)$")
_KIND = re.compile(r"(街道|镇|乡|区)$")
_CODE = re.compile(r"\d{6}|\d{9}|\d{12}")


def plain_place(text: str) -> str:
    """'东城街道办事处' and '东城街道 ' → '东城街道'."""
    clean = simplified("".join(unicodedata.normalize("NFKC", text or "").split()))
    return _TAIL.sub(lambda found: "街道" if found[1].startswith("街道") else "", clean)


class Places:
    """Read once per landing."""

    @cached_property
    def _towns(self) -> dict[str, list[str]]:
        """Words → the codes that bore them, today's first: a town that was merged or got another code is still known."""
        whole: dict[str, list[str]] = {}
        short: dict[str, list[str]] = {}
        ours = Region.objects.filter(code__startswith=region_prefix(settings.WUSHANG_REGION))
        for code, now, former in ours.order_by(F("valid_to").desc(nulls_first=True), "code").values_list("code", "name", "former_names"):
            for name in (now, *former):
                whole.setdefault(plain_place(name), []).append(code)
                short.setdefault(_KIND.sub("", plain_place(name)), []).append(code)  # '东城' too, unless a full name says otherwise
            whole.setdefault(code, []).append(code)
        return short | whole

    @cached_property
    def moved(self) -> bool:
        """Whether a town of ours has been merged or got another code: then the month decides which one a word means."""
        ours = Region.objects.filter(code__startswith=region_prefix(settings.WUSHANG_REGION))
        return ours.exclude(valid_to=None).exists()

    @cached_property
    def _succession(self) -> Succession:
        return Succession()

    @cached_property
    def _departments(self) -> dict[str, str]:
        rows = Department.objects.values_list("code", "name", "short_name")
        return {word: code for code, *words in rows for word in (code, *words)}

    def read(self) -> None:
        """All that towns need, now: a thread that makes rows beside the landing must not ask the ledger for itself."""
        _all = self._towns, self._succession, self._above, self.moved

    def town(self, text: str | None) -> str:
        """Region code of a township as written; the deployment's own region when it says nothing we know."""
        return self.known_town(text) or settings.WUSHANG_REGION

    def known_town(self, text: str | None, day: date | None = None) -> str:
        """The same, but '' when unknown. '云溪市石塘镇', '石塘' and '石塘镇' are one. A name or a code of another time becomes the
        region of the day; without a day, that of today."""
        plain = plain_place(text or "")
        for place in self._above:
            plain = plain.removeprefix(place) or plain
        codes = self._towns.get(plain) or self._towns.get(_KIND.sub("", plain)) or ([plain] if _CODE.fullmatch(plain) else [])
        return self._of_day(codes, day or date.max)

    def _of_day(self, codes: list[str], day: date) -> str:
        """Of regions of one name the one that stood on the day, else what became of the first; '' where that is not ours."""
        found = next((code for code in codes if self._succession.holds(code, day)), "") or (codes and self._succession.on(codes[0], day))
        return found if found and found.startswith(region_prefix(settings.WUSHANG_REGION)) else ""

    @cached_property
    def _above(self) -> list[str]:
        return place_names()

    def department(self, text: str | None) -> str:
        return self._departments.get("".join((text or "").split()), "")


def place_names() -> list[str]:
    """Names that may stand before a company's or a town's own name: the deployment's region and those above it."""
    names: list[str] = []
    region = Region.objects.filter(code=settings.WUSHANG_REGION).select_related("parent").first()
    while region:
        names += [region.name, region.name.rstrip("省市县区")]
        region = region.parent
    return [name for name in names if len(name) > 1]
