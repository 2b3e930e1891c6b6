"""An invented city, 云溪市, written as the files that its departments send, and the truth behind them.

`write(directory, enterprises, months, seed, until, dirt)` makes these files. The same arguments give the same bytes.

| file | source | delivers | key |
|---|---|---|---|
| 人社局/工伤认定_2026年03月.xlsx (or .csv) | injury_recognition, G1 | changes | 受理编号 |
| 税务局/参保缴费_202603.xlsx (or .csv) | insurance_monthly, G3 | whole_period | 所属期, 单位编号, 参保方式 |
| 市场监管局/市场主体_全量_2024年11月.xlsx | register, G7 | changes | 统一社会信用代码 |
| 市场监管局/市场主体_变更_2024年12月.xlsx | the same | changes | the same |
| 卫健局/职业病危害名单_2026年第1季度.xlsx | disease_hazards | changes | USCC, 隐患类别, 危害因素, 发现日期 |
| 卫健局/医院首诊_2026年03月.csv | hospital_visits, G4 | changes | 机构, 就诊流水号 |
| 经办中心/工伤待遇支付_202603.xlsx (or .csv) | benefit_payments, G2 | whole_period | 月份, 认定编号, 项目, 对象, 日期, 金额 |
| 应急局/生产安全事故_2026年03月.xlsx | safety_accidents, G6 | changes | 事故编号 |
| 卫健局/职业病报告卡_2026年第1季度.xlsx | occupational_diseases, G5 | changes | 报告卡编号 |
| 卫健局/危害因素检测_2026年第1季度.xlsx | hazard_tests, G5 | changes | 报告, 单位, 点, 项目, 日期 |
| 应急局/安全生产标准化达标企业_2026年.xlsx | safety_standardisation, G7 | changes | 单位, 证书 |
| 经信局/规上企业名单_2026年.xlsx | above_scale_list, G7 | changes | 单位, 年度 |
| 应急局/行政处罚_2026年03月.xlsx | penalties, G7 | changes | 文号, 单位 |
| regions.csv | code,name,kind,parent | | |
| departments.csv | code,name,short_name,kind,region | | |
| contacts.csv | uscc,enterprise,role,name,phone,source,verified | | |
| outline.json | tiles of the towns: code, name, column, row | | |
| truth/… | see `truth.py` | | |

Columns. G1: `recognition.COLUMNS`; in a header of two levels 用工单位|名称, 用工单位|统一社会信用代码, 中止起止|起, 中止起止|止.
G3: 所属期, 单位编号, 统一社会信用代码, 单位名称, 镇街, 行业代码, 风险类别, 基准费率, 浮动档次, 执行费率, 参保人数(月末),
其中农民工, 工资总额(缴费基数), 应缴, 实缴, 欠费, 到账日期, 参保方式; two-level 参保人数|月末, 参保人数|其中:农民工.
A money column is in yuan unless its header ends with (万元).
G7: 统一社会信用代码, 名称, 曾用名, 类型, 成立日期, 状态, 行业代码, 规模, 镇街, 主管部门, 地址, 法定代表人.
卫健: 单位名称, 统一社会信用代码, 隐患类别, 危害因素, 发现日期, 整改完成日期.
Rows of 合计 count and sum every data row of the file, hidden, repeated and faulty ones too.

Everything is invented: region 990100 stands in no list, telephones begin with 100, credit codes hold YX.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wushang.simulate import (
    accidents,
    hazards,
    health,
    insurance,
    layouts,
    payments,
    recognition,
    register,
    spoil,
    standings,
    tables,
    text_file,
    truth,
    visits,
    workbook,
)
from wushang.simulate.chance import Stream
from wushang.simulate.delivery import Delivery
from wushang.simulate.sheet import Sheet
from wushang.simulate.world import City, build

BIG = 2000  # more enterprises than this: csv instead of xlsx for the files that grow with them
UNTIL = date(2026, 10, 31)


@dataclass(frozen=True)
class Summary:
    """What was written: counts for the command to print."""

    directory: str
    enterprises: int
    months: int
    seed: int
    until: str
    files: int
    rows: int
    duplicates: int
    quarantined: int
    dirty_cells: int
    injuries: int
    injuries_in_files: int
    hazards: int


def write(
    directory: Path,
    enterprises: int = 150,
    months: int = 24,
    seed: int = 1,
    until: date = UNTIL,
    dirt: float = 0.03,
) -> Summary:
    """Write the city's files and its truth below the directory; a share `dirt` of the rows get one faulty cell."""
    city, stream = build(enterprises, months, seed, until)
    sent = deliveries(city, stream, as_csv=enterprises > BIG)
    marks: list[spoil.Mark] = []
    if dirt > 0:
        layouts.lay_out(stream, sent)
        marks = spoil.spoil(stream, sent, city.firms, city.calendar, dirt)
    layouts.finish(sent, wrong=dirt > 0)
    directory.mkdir(parents=True, exist_ok=True)
    for delivery in sent:
        _write(directory / delivery.sheet.path, delivery.sheet)
    tables.write_tables(directory, stream, city.firms, until)
    truth.write_truth(directory / "truth", city, sent, marks)
    return _summary(directory, city, sent, marks, seed)


def _write(path: Path, sheet: Sheet) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(workbook.written(sheet) if sheet.is_xlsx else text_file.written(sheet))


def deliveries(city: City, stream: Stream, as_csv: bool) -> list[Delivery]:
    """All files of all departments, clean."""
    cal, firms = city.calendar, city.firms
    return [
        *register.deliveries(firms, cal, as_csv),
        *insurance.deliveries(stream, firms, city.work, cal, as_csv),
        *recognition.deliveries(stream, city.claims, cal, as_csv),
        *hazards.deliveries(city.hazards, firms, cal),
        *visits.deliveries(city.visits, cal),
        *payments.deliveries(city.payments, cal, as_csv),
        *accidents.deliveries(city.accidents, cal),
        *health.deliveries(city.cards, city.tests, firms, cal),
        *standings.deliveries(stream, firms, cal),
    ]


def _summary(directory: Path, city: City, sent: list[Delivery], marks: list[spoil.Mark], seed: int) -> Summary:
    cal = city.calendar
    written = recognition.sent_by(city.claims, cal.first(cal.start), cal.until)
    return Summary(
        directory=str(directory), enterprises=len(city.firms), months=len(cal.window()), seed=seed,
        until=cal.until.isoformat(), files=len(sent), rows=sum(len(d) for d in sent),
        duplicates=sum(len(d.repeated) for d in sent), quarantined=sum(len(d.lost) for d in sent), dirty_cells=len(marks),
        injuries=len(city.claims), injuries_in_files=len(written), hazards=len(city.hazards),
    )  # fmt: skip
