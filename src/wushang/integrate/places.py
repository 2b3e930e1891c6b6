"""Place and department names as files write them → our codes. What is not known stays with the deployment's region."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

from django.conf import settings

from wushang.people.models import Department, Region

_TAIL = re.compile(r"(街道办事处|人民政府|管理委员会|管委会|办事处|街道办)$")
_KIND = re.compile(r"(街道|镇|乡|区)$")


def plain_place(text: str) -> str:
    """'东城街道办事处' and '东城街道 ' → '东城街道'."""
    clean = "".join(unicodedata.normalize("NFKC", text or "").split())
    return _TAIL.sub(lambda found: "街道" if found[1].startswith("街道") else "", clean)


class Places:
    """Read once per landing."""

    @cached_property
    def _towns(self) -> dict[str, str]:
        found: dict[str, str] = {}
        rows = list(Region.objects.filter(code__startswith=settings.WUSHANG_REGION).values_list("code", "name"))
        for code, name in rows:
            found.setdefault(_KIND.sub("", plain_place(name)), code)  # '东城' too, unless a full name says otherwise
        for code, name in rows:
            found[plain_place(name)] = found[code] = code
        return found

    @cached_property
    def _departments(self) -> dict[str, str]:
        rows = Department.objects.values_list("code", "name", "short_name")
        return {word: code for code, *words in rows for word in (code, *words)}

    def town(self, text: str | None) -> str:
        """Region code of a township as written; the deployment's own region when it says nothing we know."""
        return self.known_town(text) or settings.WUSHANG_REGION

    def known_town(self, text: str | None) -> str:
        """The same, but '' when unknown. '云溪市石塘镇', '石塘' and '石塘镇' are one; a code is taken as it is."""
        plain = plain_place(text or "")
        for place in self._above:
            plain = plain.removeprefix(place) or plain
        return self._towns.get(plain) or self._towns.get(_KIND.sub("", plain)) or ""

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
