"""Where dirt falls: the columns of each source by sort, and what never happens in a source."""

from __future__ import annotations

_USCC = "统一社会信用代码"
# source -> sort of column -> columns
COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    "injury_recognition": {
        "date": ("申请日期", "受理日期", "决定日期", "入职日期", "首诊时间"), "time": ("事故时间",), "uscc": (_USCC,),
        "code": (_USCC, "证件号码", "单位编号(社保)"), "id": ("证件号码",), "name": ("单位名称",), "town": ("镇街",),
        "free": ("联系电话", "首诊医院", "岗位(工种)", "车间(部门)"), "industry": ("行业代码",),
    },
    "insurance_monthly": {
        "date": ("到账日期",), "uscc": (_USCC,), "code": (_USCC, "单位编号"), "name": ("单位名称",), "town": ("镇街",),
        "industry": ("行业代码",), "money": ("应缴", "实缴"), "rate": ("执行费率", "基准费率"),
        "count": ("参保人数(月末)",),
    },
    "register": {
        "date": ("成立日期",), "code": (_USCC,), "name": ("名称",), "town": ("镇街",), "industry": ("行业代码",),
        "free": ("法定代表人", "地址"), "uscc": (_USCC,),
    },
    "disease_hazards": {"date": ("发现日期", "整改完成日期"), "code": (_USCC,), "name": ("单位名称",), "uscc": (_USCC,)},
    "hospital_visits": {"time": ("就诊时间",), "code": ("证件号",), "id": ("证件号",), "free": ("科室", "职业")},
    "benefit_payments": {
        "date": ("支付日期",), "uscc": (_USCC,), "code": (_USCC, "证件号", "单位编号"), "id": ("证件号",), "name": ("单位名称",),
        "money": ("支付金额",),
    },
    "safety_accidents": {
        "date": ("结案日期",), "time": ("发生时间",), "uscc": (_USCC,), "code": (_USCC,), "name": ("单位名称",),
        "town": ("行政区划",), "free": ("事故地点",), "industry": ("行业代码",), "count": ("轻伤",),
    },
    "occupational_diseases": {"date": ("诊断日期", "报告日期"), "code": (_USCC, "证件号"), "id": ("证件号",), "name": ("单位名称",)},
    "hazard_tests": {"date": ("检测日期",), "code": (_USCC,), "name": ("单位名称",)},
}  # fmt: skip

# What cannot happen in a file: the register's own names and codes are right or wrong, never another's.
NEVER_IN: dict[str, tuple[str, ...]] = {
    "register": ("name_variant", "broken_name", "old_name", "uscc_missing", "uscc_placeholder", "uscc_is_org_code",
                 "uscc_is_insurance_number"),
    "disease_hazards": ("uscc_is_insurance_number", "uscc_is_org_code", "uscc_missing", "uscc_placeholder"),
}  # fmt: skip
