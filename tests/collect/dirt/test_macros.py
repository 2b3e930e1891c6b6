"""Dirt: macros and links to other workbooks: the cells are read, nothing is run or opened, and it is said."""

from collect.dirt.biff_writer import xls
from collect.dirt.files import MONTHLY, ROW, changed, check, xlsx_of


def test_macros_of_an_xlsm_are_ignored_and_said():
    content = changed(xlsx_of(MONTHLY, ROW), "xl/vbaProject.bin", lambda _: b"\xd0\xcf\x11\xe0" + bytes(600))
    checked = check(content, "a.xlsm")
    assert (checked.rows, "文件里有宏，没有运行，只读了单元格" in checked.notes) == (1, True)


def test_macros_of_an_xls_are_ignored_and_said():
    checked = check(xls(MONTHLY, ROW, vba=True), "a.xls")
    assert (checked.rows, "文件里有宏，没有运行，只读了单元格" in checked.notes) == (1, True)


def test_links_to_other_workbooks_are_not_opened():
    content = changed(xlsx_of(MONTHLY, ROW), "xl/externalLinks/externalLink1.xml", lambda _: b"<externalLink/>")
    assert "文件里有连到别的工作簿的链接，没有打开，按文件里存着的数读取" in check(content).notes
