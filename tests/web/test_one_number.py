"""One number means one 口径: at one commit the meeting page, the wall, the brief, the print, the ledger, the cube on its page, by API and by
command, a table for the public, a kept table that is sent, and the reconciliation say the same accidents and the same rate."""

from __future__ import annotations

import json
import re
from datetime import date
from io import BytesIO, StringIO
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from docx import Document
from workbook import read

from wushang.analyse.kept.sending import answer
from wushang.analyse.models import Print, SavedView
from wushang.web.reconcile.ours import ours

pytestmark = pytest.mark.django_db
CUBE = {"measure": ["injury_events", "incidence_rate"], "down": "town", "from": "2026-01", "to": "2026-02", "basis": "reported", "scope": "all"}
QUESTION = urlencode(CUBE, doseq=True)


def number(found: re.Match[str] | None) -> str:
    assert found is not None
    return re.sub("<.*?>", "", found.group(1)).strip()


def cells(page: str, name: str) -> list[str]:
    """The texts of the row that begins with a name."""
    row = next(row for row in re.findall(r"<tr.*?</tr>", page, re.S) if re.search(rf">\s*{name}\s*<", row))
    return [re.sub(r"<.*?>|\s", "", cell) for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.S)]


@pytest.fixture
def said(town, people, visit) -> dict[str, tuple[str, str]]:
    """Where → (accidents, rate ‰) of 1—2月 2026, whole area; '' where a place tells no rate."""
    town.spring()
    mayor, head = "shenzhiyuan", "lijianguo"
    page = visit(mayor, "/meeting/?end=2026-02&span=year").content.decode()
    found = {"会商一页": (number(re.search(r"接报工伤事故 (.*?) 起", re.sub("<.*?>", "", page))), cells(page, "全市")[4])}
    brief = Document(BytesIO(visit(mayor, "/meeting/brief.docx?end=2026-02&span=year").content))
    found["汇报稿"] = (brief.tables[0].rows[1].cells[1].text, brief.tables[0].rows[1].cells[4].text)
    visit(mayor, "/meeting/print/?end=2026-02&span=year", {})
    found["印发"] = (f"{Print.objects.get(page='meeting').figures['headline']['events']}", "")
    wall = visit(mayor, "/wall/?end=2026-02&span=year").context
    found["大屏"] = ({one["label"]: one["value"] for one in wall["figures"]}["接报工伤事故"], f"{wall['towns']['total']['rate']:.2f}")
    ledger = read(visit(head, "/ledgers/injuries.xlsx?from=2026-01-01&to=2026-02-28").content)
    found["台账"] = (ledger.total[ledger.head.index("起数")], "")
    table = cells(visit(mayor, f"/analyse/cube/?{QUESTION}&against=").content.decode(), "合计")
    found["交叉分析"] = (table[1], table[3])
    total = visit(mayor, f"/api/cube?{QUESTION}").json()["total"]
    found["接口"] = (f"{total['injury_events']['value']:.0f}", f"{total['incidence_rate']['value']:.2f}")
    out = StringIO()
    call_command("cube", "--down", "town", "--from", "2026-01", "--to", "2026-02", "--basis", "reported", "--scope", "all", "--json", stdout=out)
    by_command = json.loads(out.getvalue())["total"]
    found["命令"] = (f"{by_command['injury_events']['value']:.0f}", f"{by_command['incidence_rate']['value']:.2f}")
    public = cells(visit(head, f"/analyse/publications/new/?{urlencode({'table': QUESTION})}").content.decode(), "合计")
    found["用于公开"] = (public[1], public[2])
    view = SavedView(question=[["measure", "injury_events"], ["measure", "incidence_rate"], *[[k, v] for k, v in CUBE.items() if k != "measure"]], span="fixed")
    _asked, _commit, sent = answer(view, people.shenzhiyuan.actor.scope, date(2026, 3, 20))
    found["定期送"] = (number(re.search(r"事故起数 (.*?) 起", sent)), number(re.search(r"发生率 (.*?) ‰", sent)))
    months = [ours(people.lijianguo.actor.scope, date(2026, m, 1), "emergency").count for m in (1, 2)]
    found["对账"] = (f"{sum(months)}", "")
    return found


def test_every_place_tells_the_same_accidents_and_the_same_rate(said) -> None:
    assert {where: accidents for where, (accidents, _rate) in said.items()} == dict.fromkeys(said, "3")
    assert {where: rate for where, (_n, rate) in said.items() if rate} == {where: "26.67" for where, (_n, rate) in said.items() if rate}
    assert len(said) == 11
