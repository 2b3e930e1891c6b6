"""台账打印: fixed columns, total row, the same rows on page, print and file; opened by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from workbook import read

from wushang.people.models import AuditEntry
from wushang.pool.ledger import fitted
from wushang.terms.level import Level
from wushang.warn.models import Warning
from wushang.web.ledgers import injuries, views

SOFFICE = shutil.which("soffice")
SAID = "“—”：没有这一项，或还没有办到。"  # under the page and the print; a file's cell is empty


def words(text: str) -> str:
    return "" if text == "—" else text


def test_the_injury_ledger_lists_every_claim_and_counts_an_accident_once(town, visit):
    town.spring()
    sheet = read(visit("wangli", "/ledgers/injuries.xlsx?from=2026-01-01&to=2026-02-28").content)
    assert sheet.title == "工伤事故台账"
    assert sheet.under == "填报单位：云溪市人力资源和社会保障局　　制表人：王丽　　日期：2026-03-20"
    place = {name: n for n, name in enumerate(sheet.head)}
    assert len(sheet.rows) == 5 and sheet.total[0] == "合计 5 条"  # four that count and the refused one
    assert [row[place["起数"]] for row in sheet.rows] == ["1", "1", "", "1", ""]
    assert [row[place["人次"]] for row in sheet.rows] == ["1", "1", "1", "1", ""]
    assert sheet.rows[4][place["办理情况"]] == "不予认定"
    assert {row[place["职工"]] for row in sheet.rows} == {"张**"}


def test_workshop_and_post_come_from_the_ledger_and_the_grade_is_for_case_analysis(town, visit):
    town.injure(date(2026, 2, 9), grade=7, workshop="抛光车间", post="抛光工")
    town.spring()  # which builds the snapshot
    for who, grade in (("wangli", "7 级"), ("zhanghaiyan", "")):
        sheet = read(visit(who, "/ledgers/injuries.xlsx?from=2026-02-09&to=2026-02-09").content)
        place = {name: n for n, name in enumerate(sheet.head)}
        told = [[row[place[name]] for name in ("车间", "岗位", "伤残等级")] for row in sheet.rows]
        assert ["抛光车间", "抛光工", grade] in told


def test_the_page_shows_the_very_rows_of_the_file(town, visit):
    town.spring()
    address = "?kind=injuries&from=2026-01-01&to=2026-02-28&town=990100002"
    page = visit("wangli", f"/ledgers/{address}")
    shown, file = page.context["sheet"], read(visit("wangli", page.context["export_url"]).content)
    assert [[words(text) for text, _kind in row] for row in shown.rows] == file.rows and len(file.rows) == 1
    assert (shown.title, shown.under, [text for text, _kind in shown.head], shown.total, shown.note) == (file.title, file.under, file.head, file.total, file.note + SAID)


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
    assert {row[3] for row in sheet.rows} == {"云溪市恒岳杯业有限公司"}
    assert {row[sheet.head.index("职工")] for row in sheet.rows} == {""}  # a name, masked too, is for case analysis
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


def test_a_page_of_the_rows_stands_under_the_total_of_all(town, visit, monkeypatch):
    assert views.PAGE == 50
    monkeypatch.setattr(views, "PAGE", 2)
    town.spring()
    every = read(visit("wangli", "/ledgers/injuries.xlsx?from=2026-01-01&to=2026-02-28").content)
    pages = [visit("wangli", f"/ledgers/?from=2026-01-01&to=2026-02-28&page={n}") for n in (1, 2, 3, 4)]
    assert [len(page.context["sheet"].rows) for page in pages] == [2, 2, 1, 2]  # there is no fourth: the first
    assert {tuple(page.context["sheet"].total) for page in pages} == {tuple(every.total)} and every.total[0] == "合计 5 条"
    drawn = [[words(text) for text, _kind in row] for page in pages[:3] for row in page.context["sheet"].rows]
    assert drawn == every.rows and [row[0] for row in drawn] == ["1", "2", "3", "4", "5"]
    assert "第 3—4 条，共 5 条" in pages[1].content.decode()


def pages_of(data: bytes) -> list:
    from pypdf import PdfReader

    return list(PdfReader(BytesIO(data)).pages)


@pytest.mark.parametrize(("paper", "width"), [("A4", 842), ("A3", 1191)])
def test_the_print_has_its_paper_its_head_on_each_page_and_numbers_them(town, visit, paper, width):
    for n in range(60):
        town.injure(date(2026, 1, 1 + n % 28))
    town.spring()
    answer = visit("wangli", f"/ledgers/injuries.pdf?from=2026-01-01&to=2026-02-28&paper={paper}")
    pages = pages_of(answer.content)
    texts = ["".join(page.extract_text().split()) for page in pages]  # a header may break into two lines
    assert round(pages[0].mediabox.width) == width and pages[0].mediabox.height < width
    assert len(pages) > 1 and all(f"第{n}页共{len(pages)}页" in text and "办理情况" in text for n, text in enumerate(texts, 1))
    assert "工伤事故台账" in texts[0] and "制表人：王丽" in texts[0] and "合计65条" in texts[-1] and "数据版本第" in texts[-1]
    assert AuditEntry.objects.filter(verb="ledger.print").exists()


def test_letters_are_as_large_as_the_paper_allows_and_dates_never_break():
    columns = injuries._columns()
    a4, small = fitted(columns, "A4")
    a3, full = fitted(columns, "A3")
    assert (small, full) == (9.0, 10.5)  # 277 mm ÷ (82 units that stay + 82 that shrink)
    for paper, shown in (("A4", a4), ("A3", a3)):
        fixed = [(was.width, now.width) for was, now in zip(columns, shown, strict=True) if was.kind != "text" or was.unbroken]
        assert all(was == now for was, now in fixed), paper


def test_a_list_leads_to_the_ledger_of_what_it_shows(town, visit):
    town.case(town.cup, date(2026, 4, 18))
    level = Warning.objects.get().level
    other = "red" if level != "red" else "yellow"
    for asked, n in ((level, 1), (other, 0)):
        sheet = read(visit("wangli", f"/ledgers/warnings.xlsx?from=2000-01-01&level={asked}").content)
        assert sheet.total[0] == f"合计 {n} 条" and sheet.title == f"预警台账（{Level(asked).zh}）"
    assert read(visit("wangli", "/ledgers/rectification.xlsx?list=late").content).title == "整改台账（迟交）"
    assert 'href="/ledgers/?level=red&amp;kind=warnings' in visit("wangli", "/warn/?level=red").content.decode()
    assert "kind=rectification" in visit("wangli", "/rectify/reports/?list=overdue").content.decode()


@pytest.fixture
def converted(town, visit, tmp_path):
    """converted(kind, paper) → the PDF and the csv that LibreOffice, and so WPS, makes of a ledger's xlsx."""

    def convert(address: str) -> tuple[Path, str]:
        path = tmp_path / "ledger.xlsx"
        path.write_bytes(visit("wangli", address).content)
        for form in ("pdf", "csv:Text - txt - csv (StarCalc):44,34,76"):
            profile = f"-env:UserInstallation=file://{tmp_path}/profile"
            run = [str(SOFFICE), profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path), str(path)]
            subprocess.run(run, check=True, capture_output=True, timeout=240)
        return tmp_path / "ledger.pdf", (tmp_path / "ledger.csv").read_text(encoding="utf-8")

    return convert


@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice here: scripts/test-tools installs it on Debian as root")
def test_libreoffice_opens_a_ledger_and_prints_it(town, converted):
    town.spring()
    pdf, csv = converted("/ledgers/injuries.xlsx?from=2026-01-01&to=2026-02-28&paper=A4")
    [page] = pages_of(pdf.read_bytes())
    assert round(page.mediabox.width) == 842 and page.mediabox.height < 842
    text = page.extract_text()
    assert "工伤事故台账" in text and "合计 5 条" in text and "第 1 页 共 1 页" in text
    lines = csv.splitlines()
    assert lines[0].startswith("工伤事故台账") and lines[2].startswith("序号,申报日期,发生日期,单位名称")
    assert lines[3].startswith("1,2026-") and lines[8].startswith("合计 5 条") and len(lines) == 10
