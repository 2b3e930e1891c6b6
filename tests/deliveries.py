"""Rows as the four departments send them, for tests of integrate and above."""

from datetime import date

from wushang.integrate.delivery import Row
from wushang.terms.identifiers import make_org_code, make_uscc

CUP = make_uscc("91990100" + make_org_code("MA2CUP01"))
DOOR = make_uscc("91990100" + make_org_code("MA2DDR01"))


def register(uscc, name, digest="r1", town="东城街道", **values):
    return Row(uscc, digest, {"uscc": uscc, "name": name, "town": town, "industry": "C3382", **values})


def claim(number, digest="a1", worker="11010519491231002X", occurred=date(2026, 3, 6), **values):
    said = {"employer_name": "云溪市恒岳杯业有限公司", "uscc": CUP, "occurred": occurred, "reported": date(2026, 3, 12),
            "situation": "14-1", "severity": "minor", **values}  # fmt: skip
    return Row(number, digest, said, {"worker": "张三丰", "id_number": worker}, "2026-03", 5)


def insured(number, month, heads, name="云溪市恒岳杯业有限公司", uscc="", digest=None):
    values = {"month": date(2026, month, 1), "insurance_number": number, "name": name, "uscc": uscc, "insured": heads}
    return Row(f"2026-{month:02}|{number}|", digest or f"d{heads}", values, period=f"2026-{month:02}")
