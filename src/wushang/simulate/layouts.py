"""What departments put around their rows: titles, two header levels, printed pages, merged and hidden rows, feet."""

from __future__ import annotations

import numpy as np

from wushang.simulate.chance import Stream
from wushang.simulate.delivery import Delivery
from wushang.simulate.payments import AMOUNT

TITLES = {
    "injury_recognition": ("云溪市工伤认定情况汇总表", "填报单位：云溪市人力资源和社会保障局"),
    "insurance_monthly": ("云溪市工伤保险参保缴费明细表", "填报单位：国家税务总局云溪市税务局"),
    "register": ("云溪市市场主体登记信息", "填报单位：云溪市市场监督管理局"),
    "disease_hazards": ("云溪市职业病危害名单", "填报单位：云溪市卫生健康局"),
    "hospital_visits": ("云溪市创伤患者首诊登记表", "填报单位：云溪市卫生健康局"),
    "benefit_payments": ("云溪市工伤保险待遇支付明细表", "填报单位：云溪市社会保险经办中心"),
    "safety_accidents": ("云溪市生产安全事故统计台账", "填报单位：云溪市应急管理局"),
    "occupational_diseases": ("云溪市职业病报告卡汇总表", "填报单位：云溪市卫生健康局"),
    "hazard_tests": ("云溪市职业病危害因素检测结果汇总", "填报单位：云溪市卫生健康局"),
    "safety_standardisation": ("云溪市安全生产标准化达标企业名单", "填报单位：云溪市应急管理局"),
    "above_scale_list": ("云溪市规模以上企业名单", "填报单位：云溪市经济和信息化局"),
    "penalties": ("云溪市安全生产行政处罚公示", "填报单位：云溪市应急管理局"),
}
GROUPS = {
    "injury_recognition": {
        "用工单位名称": ("用工单位", "名称"), "用工单位统一社会信用代码": ("用工单位", "统一社会信用代码"),
        "中止起": ("中止起止", "起"), "中止止": ("中止起止", "止"),
    },
    "insurance_monthly": {"参保人数(月末)": ("参保人数", "月末"), "其中农民工": ("参保人数", "其中:农民工")},
}  # fmt: skip
MAKERS = "制表人：王丽    审核人：李建国"
WAGES = "工资总额(缴费基数)"
HEADS = "参保人数(月末)"


def lay_out(stream: Stream, sent: list[Delivery]) -> None:
    """Give every file its layout; the first files of a source show each sort at least once."""
    rng = stream("layouts")
    for source in TITLES:
        for number, delivery in enumerate([d for d in sent if d.source == source]):
            _one(rng, delivery, number)


def _one(rng: np.random.Generator, delivery: Delivery, number: int) -> None:
    layout, source = delivery.sheet.layout, delivery.source
    day = delivery.last
    period = f"{day.year}年{day.month}月"
    lines = (*TITLES[source], f"所属期：{period}    制表日期：{day.year}.{day.month}.{day.day}")
    layout.titles = list(lines[: (number + 1) % 4])
    if number % 2:
        layout.makers = MAKERS
    if not delivery.sheet.is_xlsx:
        return
    layout.sheet = (f"{day.year}年{day.month}月", "Sheet1", f"{period}(2)")[number % 3]
    if number % 2 == 0:
        layout.groups = GROUPS.get(source, {})
    if source in ("injury_recognition", "insurance_monthly") and number % 3 == 0:
        layout.page = 30 if source == "injury_recognition" else 50
    if source == "injury_recognition" and number % 3 == 2:
        layout.merged = "单位名称"
    if source in ("injury_recognition", "disease_hazards") and number % 4 == 3 and len(delivery):
        layout.hidden = frozenset(rng.integers(0, len(delivery), 2).tolist())


def finish(sent: list[Delivery], wrong: bool) -> None:
    """After the rows are settled: count lines, wages in 万元, and (`wrong`) one 合计 that does not add up."""
    for delivery in [d for d in sent if d.source == "injury_recognition"]:
        delivery.sheet.totals = {"单位名称": f"{len(delivery)}件"}
    for delivery in [d for d in sent if d.source == "benefit_payments"]:  # lines printed twice are added twice
        delivery.sheet.totals = {AMOUNT: int(delivery.sheet.frame[AMOUNT].sum())}
    monthly = [d for d in sent if d.source == "insurance_monthly"]
    if not wrong:
        return
    for delivery in monthly[6::7]:
        delivery.sheet.myriad = frozenset({WAGES})
    readable = [d for d in monthly if all(column != HEADS for _, column in d.sheet.cells)] or monthly
    odd = readable[len(readable) * 2 // 3]
    totals = odd.sheet.totals or {}
    totals[HEADS] = int(totals[HEADS]) + 10
    odd.footer_right = False
