"""汇报稿: the meeting page as a Word document to speak from and to edit."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from wushang.analyse.quality import DIMENSIONS, shown
from wushang.web import days
from wushang.web import figures as written
from wushang.web.meeting import words
from wushang.web.meeting.content import Content
from wushang.web.meeting.pushing import Matter

TITLE_FACE, HEAD_FACE, BODY_FACE = "方正小标宋简体", "黑体", "仿宋_GB2312"


def document(content: Content, push: list[Matter], who: tuple[str, datetime], since: str) -> bytes:
    """The content → docx: title, what happened, where, why, what has to be pushed, basis."""
    paper = _Paper(_("内部使用"))
    paper.title(_("%(period)s%(area)s工伤预防情况汇报") % {"period": content.asked.text, "area": content.area})
    paper.under(f"{who[0]}　{days.day_long(who[1])}")
    paper.head(_("一、总体情况"))
    paper.say("".join(part["t"] for line in content.sentences() for part in line))
    paper.head(_("二、各镇（街道、区）"))
    _towns(paper, content)
    paper.head(_("三、行业和原因"))
    for bar in content.bars():
        paper.say(_bar_said(bar))
    paper.head(_("四、需要领导推动的事"))
    for number, matter in enumerate(push, 1):
        paper.say(f"{number}．{_matter_said(matter)}")
    if not push:
        paper.say(_("没有逾期需要领导推动的事。"))
    paper.head(_("五、数据质量"))
    _quality(paper, content)
    paper.head(_("六、数据说明"))
    paper.say(content.basis())
    version = content.version() + (f"，{since}" if since else "。")
    told = _("数据截至%(day)s；未报：%(owed)s；数据版本%(version)s")
    paper.say(told % {"day": content.data_to(), "owed": content.unreported(), "version": version})
    paper.say(_("本稿内部使用，含单位名称和小数，不得公开；对外公布的数请在会商一页点“用于公开”导出。"))
    for method in words.METHOD:
        paper.say(str(method))
    return paper.bytes()


def _quality(paper: _Paper, content: Content) -> None:
    """Five scores of each department's tables over the period, 100 where nothing was lost."""
    rows = shown.rows(content.quality())
    if not rows:
        paper.say(_("本期没有可计分的报送表。"))
        return
    paper.say(_("各部门报送数据按百分计，满分为一处不失；总分为各项的平均。"))
    head = [_("部门"), _("报送表"), *(str(title) for title in DIMENSIONS.values()), _("总分")]
    cells = [[row["who"], row["what"], *(_score(one["score"]) for one in row["cells"]), _score(row["total"])] for row in rows]
    paper.table(head, cells)


def _score(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f}"


def _towns(paper: _Paper, content: Content) -> None:
    towns = content.towns()
    rows = [towns["total"], *towns["rows"]]
    marked = [row for row in towns["rows"] if row["marked"]]
    if marked:
        told = "；".join(f"{row['name']}{row['against']}（{written.rate_said(row['rate'])}）" for row in marked)
        paper.say(_("与其余镇街相比：%(told)s。") % {"told": told})
    head = [_("镇（街道、区）"), _("起数"), _("上年同期"), _("同比 %"), _("发生率 ‰"), towns["against"], _("逾期未改 家")]
    paper.table(head, [_town_cells(row) for row in rows])


def _town_cells(row: dict[str, Any]) -> list[str]:
    change = "—" if row["change"] is None else f"{written.arrow(row['change'])}{written.size(row['change'])}"
    return [row["name"], written.count(row["count"]), written.count(row["last"]), change, written.rate(row["rate"]),
            row["against"] or "—", written.count(row["late"]) if row["late"] else "—"]  # fmt: skip


def _bar_said(bar: dict[str, Any]) -> str:
    parts = "，".join(_("%(name)s %(n)s 起") % {"name": r["name"], "n": written.count(r["value"])} for r in bar["data"]["rows"])
    total = written.count(sum(row["value"] for row in bar["data"]["rows"]))
    return _("按%(what)s：%(parts)s，合计 %(total)s 起。") % {"what": bar["title"], "parts": parts, "total": total}


def _matter_said(matter: Matter) -> str:
    place = f"（{matter.town}）" if matter.town else ""
    return _("%(name)s%(place)s：%(problem)s，%(when)s，责任部门%(who)s。") % {
        "name": matter.name, "place": place, "problem": matter.problem, "when": matter.when, "who": matter.department or "—",
    }  # fmt: skip


class _Paper:
    """A plain A4 document in the office's faces."""

    def __init__(self, mark: str) -> None:
        """`mark`: who may read it (内部使用), at the head of every page and in the file's properties."""
        from docx import Document
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm

        self.file: Any = Document()
        section = self.file.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        head = section.header.paragraphs[0]
        head.alignment, self.file.core_properties.category = WD_ALIGN_PARAGRAPH.RIGHT, mark
        _face(head.add_run(mark), HEAD_FACE, 14)

    def _line(self, text: str, face: str, size: float, center: bool = False, indent: bool = False) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        line = self.file.add_paragraph()
        line.paragraph_format.space_after, line.paragraph_format.line_spacing = Pt(0), Pt(28)
        if center:
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if indent:
            line.paragraph_format.first_line_indent = Pt(2 * size)
        _face(line.add_run(text), face, size)

    def title(self, text: str) -> None:
        self._line(text, TITLE_FACE, 22, center=True)

    def under(self, text: str) -> None:
        self._line(text, BODY_FACE, 16, center=True)

    def head(self, text: str) -> None:
        self._line(text, HEAD_FACE, 16, indent=True)

    def say(self, text: str) -> None:
        self._line(text, BODY_FACE, 16, indent=True)

    def table(self, head: list[str], rows: list[list[str]]) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        grid = self.file.add_table(rows=0, cols=len(head), style="Table Grid")
        for number, cells in enumerate([head, *rows]):
            for place, (cell, text) in enumerate(zip(grid.add_row().cells, cells, strict=True)):
                line = cell.paragraphs[0]
                _face(line.add_run(text), "宋体", 10.5, bold=number < 2)
                if place and number:
                    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def bytes(self) -> bytes:
        out = BytesIO()
        self.file.save(out)
        return out.getvalue()


def _face(run: Any, face: str, size: float, bold: bool = False) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run.font.size, run.bold = Pt(size), bold
    faces = run._element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        faces.set(qn(name), face)
