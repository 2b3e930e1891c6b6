"""The shape of two lists of persons with names, birth day, number and address (the FEBRL sets of the literature)."""

from __future__ import annotations

from wushang.integrate.linkage.shape import Compared, Level, Shape, absent, same, slip


def _near(column: str, words: str, m: float = 0.7, u: float = 0.01, alike: float = 0.88) -> Compared:
    return Compared(column, absent(column), (
        Level(same(column), f"{words} equal", m, u), Level(f"jaro_winkler_similarity({column}_l, {column}_r) >= {alike}", f"{words} alike", 0.2, u),
        Level("", f"{words} different", 0.1, 0.98),
    ))  # fmt: skip


def _slips(column: str, words: str, m: float = 0.85, u: float = 0.001) -> Compared:
    return Compared(column, absent(column), (
        Level(same(column), f"{words} equal", m, u), Level(slip(column, 2), f"{words} with one slip", 0.1, u),
        Level("", f"{words} different", 0.05, 0.99),
    ))  # fmt: skip


NAME = Compared("name", "(given_name_l IS NULL AND surname_l IS NULL) OR (given_name_r IS NULL AND surname_r IS NULL)", (
    Level("given_name_l = given_name_r AND surname_l = surname_r", "name equal", 0.6, 1e-4),
    Level("given_name_l = surname_r AND surname_l = given_name_r", "given and family name changed over", 0.1, 1e-5),
    Level("jaro_winkler_similarity(given_name_l, given_name_r) >= 0.85 AND jaro_winkler_similarity(surname_l, surname_r) >= 0.85", "name alike", 0.15, 1e-4),
    Level("surname_l = surname_r OR given_name_l = given_name_r OR surname_l = given_name_r OR given_name_l = surname_r", "half of the name equal", 0.1, 0.02),
    Level("", "name different", 0.05, 0.97),
))  # fmt: skip

PEOPLE = Shape(
    "people",
    ("given_name", "surname", "street_number", "address_1", "suburb", "postcode", "date_of_birth", "soc_sec_id"),
    (
        NAME, _slips("date_of_birth", "birth day"), _slips("soc_sec_id", "number", u=1e-5), _near("address_1", "street"),
        _near("suburb", "suburb"), _slips("postcode", "postcode"), _slips("street_number", "house number", u=0.03),
    ),
    (
        "l.soc_sec_id = r.soc_sec_id", "l.date_of_birth = r.date_of_birth", "l.given_name = r.given_name AND l.surname = r.surname",
        "l.surname = r.given_name AND l.given_name = r.surname", "l.postcode = r.postcode AND l.surname = r.surname",
        "l.postcode = r.postcode AND l.given_name = r.given_name", "l.address_1 = r.address_1", "l.suburb = r.suburb AND l.street_number = r.street_number",
    ),
    ("l.soc_sec_id = r.soc_sec_id", "l.date_of_birth = r.date_of_birth AND l.postcode = r.postcode"),
    ("l.soc_sec_id = r.soc_sec_id", "l.date_of_birth = r.date_of_birth AND l.surname = r.surname"),
    0.95,
)  # fmt: skip
