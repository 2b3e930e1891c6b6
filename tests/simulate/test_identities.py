import csv
from pathlib import Path

import numpy as np
from stdnum.cn import uscc as standard

from wushang.simulate.identities import id_numbers, org_code, uscc


def id_check(number: str) -> str:
    weights = [2 ** (17 - i) % 11 for i in range(17)]
    return "10X98765432"[sum(int(c) * w for c, w in zip(number, weights, strict=False)) % 11]


def test_every_credit_code_is_valid_and_stands_in_a_region_that_does_not_exist(city: Path) -> None:
    codes = [row["uscc"] for row in csv.DictReader((city / "truth" / "enterprises.csv").open(encoding="utf-8"))]
    assert len(set(codes)) == 120
    assert all(standard.is_valid(c) and c[2:8] == "990100" and c[8:10] == "YX" for c in codes)


def test_the_organisation_code_inside_has_its_own_check_character() -> None:
    # YX000001: Y=34*3 + X=33*7 + 1*2 = 335; 335 mod 11 = 5; 11 - 5 = 6
    assert org_code(1) == "YX0000016"
    assert uscc(1).startswith("91990100YX0000016")


def test_id_numbers_hold_birthday_sex_and_check_digit() -> None:
    born = np.array(["1980-02-29", "1999-12-31"], dtype="M8[D]")
    man, woman = id_numbers(born, np.array([False, True]), np.array([0, 3]))
    assert man[:17] == "99010019800229001"
    assert woman[:17] == "99010019991231008"
    assert man[17] == id_check(man) and woman[17] == id_check(woman)


def test_nobody_in_the_files_can_be_called_and_no_two_persons_share_a_number(city: Path) -> None:
    rows = list(csv.DictReader((city / "truth" / "injuries.csv").open(encoding="utf-8")))
    assert all(r["phone"].startswith("100") and len(r["phone"]) == 11 for r in rows)
    assert len({r["id_number"] for r in rows}) == len(rows)
    assert all(r["id_number"].startswith("990100") and id_check(r["id_number"]) == r["id_number"][17] for r in rows)


def test_contacts_have_two_roles_for_each_enterprise(city: Path) -> None:
    rows = list(csv.DictReader((city / "contacts.csv").open(encoding="utf-8")))
    assert len(rows) == 240
    assert {r["role"] for r in rows} == {"主要负责人", "工伤经办人"}
