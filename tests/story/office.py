"""What the office's people do more than once in the story."""

from __future__ import annotations

import unicodedata
from io import BytesIO

from pypdf import PdfReader
from story import files
from story.files import CUP
from story.world import World, press, says


def send(page, file, source: str = "", sender: str = "", historical: bool = False) -> None:
    """数据报送: choose a file, say what it is where the platform cannot know, upload; the page of results."""
    page.goto("/collect/")
    page.set_input_files("input[type=file]", str(file))
    if source:
        page.select_option("[name=source]", label=source)
    if sender:
        page.select_option("[name=sender]", label=sender)
    if historical:
        page.check("[name=historical]")
    press(page, "上传", "form.upload footer, form.upload .how")


def land(world: World, page) -> None:
    """确认入库; the page waits for the worker by itself."""
    press(page, "确认入库", ".actionbar")
    world.work()
    page.wait_for_selector("text=已入库，数据版本")


def settle(page, row: int, act: str, fill) -> None:
    """One row of 待订正: open its form, fill it, send it; htmx draws the row and the numbers anew."""
    page.locator(f"#row-{row} .ops a", has_text=act).first.click()
    form = page.locator(f"#row-{row} form")
    fill(form)
    form.locator("button").click()
    page.wait_for_selector(f"#row-{row} >> text=/已改正|按原值接收|已退回报送单位/")


def read(path) -> list[list]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_object(path).get_sheet_by_index(0).to_python(skip_empty_area=False)


def listed_rows(lines: list[list]) -> int:
    """The numbered lines between the header and 合计."""
    return sum(1 for line in lines if isinstance(line[0], float | int) or str(line[0]).isdigit())


def write_letter(page) -> None:
    """What only a person knows: whom to call."""
    known = {"contact": "王丽", "contact_phone": "0990-1000086"}
    for name, text in known.items():
        field = page.locator(f".case-fields [name={name}]")
        if field.count() and not field.input_value():
            field.fill(text)
    press(page, "保存并更新预览")


def pass_on(world: World, li, zhou, unit: str) -> None:
    """李建国 agrees, 周敏 signs."""
    li.goto(world.known[unit])
    press(li, "审核同意", ".actionbar")
    says(li, "已审核，下一步：签发。")
    zhou.goto(world.known[unit])
    press(zhou, "签发", ".actionbar")
    says(zhou, "已签发，下一步：编文号。")


def number(page, unit: str, world: World, typed: str) -> None:
    page.goto(world.known[unit])
    page.locator("#number [name=typed]").fill(typed)
    press(page, "编文号", "#number")


def letter_text(page) -> str:
    """The words of the PDF behind 打开 PDF, without blanks."""
    answer = page.request.get(page.locator("a", has_text="打开 PDF").get_attribute("href"))
    assert answer.ok and answer.body().startswith(b"%PDF")
    text = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages)
    return unicodedata.normalize("NFKC", "".join(text.split()))


def review(page) -> None:
    page.goto("/rectify/reports/")
    press(page, "待复核", ".tabs")
    press(page, CUP)


def words_of(answer) -> str:
    """What an answer tells: a page's text, a sheet's cells; anything else tells everything."""
    kind = answer.headers.get("content-type", "")
    if "spreadsheet" in kind:
        return " ".join(str(cell) for line in read(BytesIO(answer.body())) for cell in line)
    return answer.text() if "html" in kind else " ".join(files.UNITS_NAMES)
