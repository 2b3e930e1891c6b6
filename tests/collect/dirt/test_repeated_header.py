"""Dirt: the header (and the title) printed again on every page."""

from collect.dirt.files import MONTHLY, ROW, check, csv_of

TITLE = ["云溪市参保缴费月报", "", "", ""]


def test_a_header_on_every_page_is_no_row():
    lines = [TITLE, MONTHLY, ROW, TITLE, MONTHLY, ["202603", "0002", "立丰五金厂", "12"], ["第2页"]]
    checked = check(csv_of(*lines), "a.csv")
    assert checked.lines == {"data": 2, "footer": 1, "header": 1, "repeated_header": 1, "title": 2}
    assert checked.accepted["row"].to_list() == [3, 6]
