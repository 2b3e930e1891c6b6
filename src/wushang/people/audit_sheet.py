"""The audit log as xlsx: title, unit, maker, date, the rows as the page shows them."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _


def written(lines: Iterable[dict], unit: str, maker: str, on: date) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet(_("日志审计"))
    bold, wrap = book.add_format({"bold": True, "border": 1}), book.add_format({"border": 1, "text_wrap": True})
    title = book.add_format({"bold": True, "font_size": 16})
    head = ((_("序号"), 10), (_("时间"), 20), (_("人员"), 12), (_("途径"), 10), (_("办理"), 22), (_("对象"), 18),
            (_("内容"), 50), (_("理由"), 30), (_("结果"), 10), (_("校验值"), 24))  # fmt: skip
    page.write_string(0, 0, _("操作日志"), title)
    page.write_string(1, 0, _("制表单位：%(unit)s　　制表人：%(maker)s　　日期：%(on)s") % {"unit": unit, "maker": maker, "on": on})
    for place, (name, width) in enumerate(head):
        page.set_column(place, place, width)
        page.write_string(2, place, name, bold)
    for row, line in enumerate(lines, 3):
        entry = line["entry"]
        at = timezone.localtime(line["at"]).strftime("%Y-%m-%d %H:%M:%S")
        result = _("拒绝") if line["refused"] else ""
        cells = (entry.sequence or "", at, line["who"], line["via"], line["act"], line["subject"], line["said"],
                 line["reason"], result, entry.digest)  # fmt: skip
        for place, cell in enumerate(cells):
            page.write_string(row, place, str(cell), wrap)  # never a formula, whatever it begins with
    page.freeze_panes(3, 0)
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(2)
    page.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()
