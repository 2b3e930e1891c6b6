"""Dirt: a number kept as text by an apostrophe ('0033)."""

import pytest
from collect.dirt.files import MONTHLY, check, csv_of, xlsx_of


@pytest.mark.parametrize("mark", ["'", "‘", "’", "`"])
@pytest.mark.parametrize("write", [csv_of, xlsx_of])
def test_the_apostrophe_goes_and_the_leading_zeros_stay(write, mark):
    checked = check(write(MONTHLY, ["202603", f"{mark}0033010001", "恒岳杯业有限公司", f"{mark}58"]), "a.csv")
    assert checked.accepted.select("insurance_number", "insured").rows() == [("0033010001", 58)]
