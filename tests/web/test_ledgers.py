"""台账打印: fixed columns, total row, one workbook for page, print and file; opened by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date

import pytest

from wushang.people.models import AuditEntry
from wushang.web.ledgers.views import read

SOFFICE = shutil.which("soffice")


def test_the_injury_ledger_lists_every_claim_and_counts_an_accident_once(town, visit):
    town.spring()
    sheet = read(visit("wangli", "/ledgers/injuries.xlsx?from=2026-01-01&to=2026-02-28").content)
    assert sheet.title == "工伤事故台账"
    assert sheet.under == "填报单位：云溪市人力资源和社会保障局　　制表人：王丽　　日期：2026-03-20"
    place = {name: n for n, name in enumerate(sheet.head)}
    assert len(sheet.rows) == 5 and sheet.total[0] == "合计 5 条"  # four that count and the refused one
    assert [row[place["起数"]][0] for row in sheet.rows] == ["1", "1", "", "1", ""]
    assert [row[place["人次"]][0] for row in sheet.rows] == ["1", "1", "1", "1", ""]
    assert sheet.rows[4][place["办理情况"]][0] == "不予认定"
    assert {row[place["职工"]][0] for row in sheet.rows} == {"张**"}


def test_workshop_and_post_come_from_the_ledger_and_the_grade_is_for_case_analysis(town, visit):
    town.injure(date(2026, 2, 9), grade=7, workshop="抛光车间", post="抛光工")
    town.spring()  # which builds the snapshot
    for who, grade in (("wangli", "7 级"), ("zhanghaiyan", "")):
        sheet = read(visit(who, "/ledgers/injuries.xlsx?from=2026-02-09&to=2026-02-09").content)
        place = {name: n for n, name in enumerate(sheet.head)}
        told = [[row[place[name]][0] for name in ("车间", "岗位", "伤残等级")] for row in sheet.rows]
        assert ["抛光车间", "抛光工", grade] in told


def test_the_page_shows_the_very_rows_of_the_file(town, visit):
    town.spring()
    address = "?kind=injuries&from=2026-01-01&to=2026-02-28&town=990100002"
    page = visit("wangli", f"/ledgers/{address}")
    assert page.context["sheet"] == read(visit("wangli", page.context["export_url"]).content)
    assert len(page.context["sheet"].rows) == 1


def test_every_export_leaves_an_audit_row_and_looking_does_not(town, visit):
    town.spring()
    visit("wangli", "/ledgers/")
    assert not AuditEntry.objects.filter(verb="ledger.print").exists()
    visit("wangli", "/ledgers/injuries.xlsx?from=2026-01-01&to=2026-02-28")
    assert AuditEntry.objects.get(verb="ledger.print").detail["from"] == "2026-01-01"


@pytest.mark.parametrize(("kind", "title"), [("warnings", "预警台账"), ("deliveries", "文书送达台账"), ("rectification", "整改台账（全部）")])
def test_warnings_deliveries_and_rectification_have_theirs(town, visit, kind, title):
    town.case(town.cup, date(2026, 4, 18))
    sheet = read(visit("wangli", f"/ledgers/{kind}.xlsx?from=2026-01-01&to=2026-03-31").content)
    assert sheet.title == title
    assert sheet.total[0] == ("合计 0 条" if kind == "deliveries" else "合计 1 条")  # nothing was issued through the letter


def test_a_township_prints_only_its_own(town, visit):
    town.spring()
    sheet = read(visit("zhanghaiyan", "/ledgers/injuries.xlsx?from=2026-01-01&to=2026-02-28").content)
    assert {row[3][0] for row in sheet.rows} == {"云溪市恒岳杯业有限公司"}
    assert {row[sheet.head.index("职工")][0] for row in sheet.rows} == {""}  # a name, masked too, is for case analysis
    elsewhere = read(visit("zhanghaiyan", "/ledgers/injuries.xlsx?from=2026-01-01&to=2026-02-28&town=990100002").content)
    assert elsewhere.rows == []


def test_another_county_and_an_unknown_ledger_get_nothing(town, visit):
    town.spring()
    assert read(visit("linwai", "/ledgers/injuries.xlsx?from=2026-01-01").content).rows == []
    assert visit("wangli", "/ledgers/secrets.xlsx").status_code == 404
    assert visit("shenzhiyuan", "/ledgers/").status_code == 403  # the leader prints no ledgers


@pytest.mark.parametrize("enterprise", ["²", "9" * 30, "x"])
def test_an_id_that_is_none_asks_for_everything(town, visit, enterprise):
    town.spring()
    assert len(read(visit("wangli", f"/ledgers/injuries.xlsx?from=2026-01-01&enterprise={enterprise}").content).rows) == 5


def test_days_that_make_no_period_fall_back_to_this_year(town, visit):
    page = visit("wangli", "/ledgers/?from=2026-03-01&to=2025-01-01").context
    assert (page["asked"].period.start, page["asked"].period.end) == (date(2026, 1, 1), date(2026, 3, 20))


@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice here: apt install libreoffice-calc")
def test_libreoffice_opens_a_ledger_and_prints_it_as_pdf(town, visit, tmp_path):
    town.spring()
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(visit("wangli", "/ledgers/injuries.xlsx?from=2026-01-01&to=2026-02-28").content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    run = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(run, check=True, capture_output=True, timeout=180)
    from pypdf import PdfReader

    pdf = PdfReader(tmp_path / "ledger.pdf")
    page = pdf.pages[0]
    assert len(pdf.pages) == 1 and page.mediabox.width > page.mediabox.height
    text = page.extract_text()
    assert "工伤事故台账" in text and "合计 5 条" in text and "第 1 页 共 1 页" in text
