"""Words of the audit log: what acts, subjects, keys, states and values are called. Data, read by audit_words.py."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from wushang.terms.level import Level

PLAIN = {  # entries that no deed writes
    "people.sign_in": gettext_lazy("登录"),
    "people.sign_in_failed": gettext_lazy("登录失败"),
    "people.sign_out": gettext_lazy("退出"),
    "people.audit_export": gettext_lazy("导出日志"),
    "collect.export": gettext_lazy("导出报送"),
    "collect.read_personal": gettext_lazy("查看报送里的个人信息"),
    "integrate.link": gettext_lazy("比对工伤关联"),
    "integrate.look": gettext_lazy("查看疑似未申报"),
    "integrate.land": gettext_lazy("入库"),
    "integrate.take_back": gettext_lazy("撤回入库"),
    "pool.lineage": gettext_lazy("看数从哪来"),
    "pool.read_personal": gettext_lazy("查看人员信息"),
    "pool.contacts": gettext_lazy("查看、导出联系人"),
    "analyse.export": gettext_lazy("导出统计"),
    "judge.see": gettext_lazy("导出名单或预警规则"),
    "warn.download": gettext_lazy("下载文书"),
    "rectify.see": gettext_lazy("查看整改"),
    "evaluate.archive": gettext_lazy("打开、下载案卷"),
    "ledger.print": gettext_lazy("打印、导出台账"),
    "desk.export": gettext_lazy("导出待办"),
}
SUBJECTS = {
    "user": gettext_lazy("账号"), "account": gettext_lazy("账号"), "hand_over": gettext_lazy("交接"),
    "enterprise": gettext_lazy("单位"), "contact": gettext_lazy("联系人"), "contacts": gettext_lazy("联系人库"),
    "candidate": gettext_lazy("疑似同一单位"), "commit": gettext_lazy("数据版本"), "batch": gettext_lazy("报送"),
    "row": gettext_lazy("报送行"), "injury": gettext_lazy("事故"), "report": gettext_lazy("报送行"),
    "policy": gettext_lazy("预警规则"), "run": gettext_lazy("研判"), "finding": gettext_lazy("研判结果"),
    "warning": gettext_lazy("预警件"), "letter": gettext_lazy("文书"), "delivery": gettext_lazy("送达"),
    "push": gettext_lazy("推送"), "case": gettext_lazy("整改"), "referral": gettext_lazy("转办"),
    "recheck": gettext_lazy("评估"), "ledger": gettext_lazy("台账"), "department": gettext_lazy("部门"),
    "audit": gettext_lazy("日志"), "region": gettext_lazy("地区"), "inbox": gettext_lazy("站内信"), "start_day": gettext_lazy("启用日期"),
    "link": gettext_lazy("工伤关联"), "visit": gettext_lazy("医院首诊"), "disease": gettext_lazy("职业病报告"),
    "accident": gettext_lazy("生产安全事故"), "leads": gettext_lazy("疑似未申报"),
    "source": gettext_lazy("报送表"), "quality": gettext_lazy("数据质量"),
    "machine": gettext_lazy("机器账号"), "pull": gettext_lazy("定时拉取"), "papers": gettext_lazy("纸质台账"),
    "role": gettext_lazy("岗位"), "page": gettext_lazy("页面"), "cube": gettext_lazy("交叉分析"), "library": gettext_lazy("专题库"),
    "signal": gettext_lazy("异常提示"), "signals": gettext_lazy("异常提示"),
    "visits": gettext_lazy("今日走访"), "corrections": gettext_lazy("数据核对申请"), "correction": gettext_lazy("数据订正"),
    "reconciliation": gettext_lazy("对账"), "list": gettext_lazy("名单"), "plan": gettext_lazy("整改方案"), "publication": gettext_lazy("公开数据"),
    "Report": gettext_lazy("工伤认定行"), "Headcount": gettext_lazy("参保缴费行"), "Payment": gettext_lazy("待遇支付行"),
    "RegisterEntry": gettext_lazy("市场主体行"), "DiseaseHazard": gettext_lazy("职业病危害行"), "Disease": gettext_lazy("职业病行"),
    "Visit": gettext_lazy("医院首诊行"), "Accident": gettext_lazy("生产安全事故行"), "ProjectInsurance": gettext_lazy("项目参保行"),
    "HazardDeclaration": gettext_lazy("危害申报行"), "HazardTest": gettext_lazy("检测行"), "HealthCheck": gettext_lazy("体检行"),
    "Standing": gettext_lazy("名单与等级行"), "Penalty": gettext_lazy("行政处罚行"), "Certificate": gettext_lazy("作业证行"),
}  # fmt: skip
HIDDEN = {"act", "refused", "reason"}
KEYS = {
    "role": gettext_lazy("岗位"), "regions": gettext_lazy("地区"), "department": gettext_lazy("部门"), "to": gettext_lazy("到"),
    "from": gettext_lazy("从"), "until": gettext_lazy("到"), "deputy_of": gettext_lazy("代理"), "items": gettext_lazy("项数"),
    "contact": gettext_lazy("联系人"), "source": gettext_lazy("来源"), "enterprise": gettext_lazy("单位"),
    "file": gettext_lazy("文件"), "rows": gettext_lazy("行数"), "added": gettext_lazy("新增"), "renewed": gettext_lazy("更新"),
    "filters": gettext_lazy("条件"), "merged": gettext_lazy("并入"), "n": gettext_lazy("数量"),
    "name": gettext_lazy("名称"), "sources": gettext_lazy("报送表"), "confirms": gettext_lazy("自动入库"), "sender": gettext_lazy("报送部门"),
    "purpose": gettext_lazy("用途"), "read": gettext_lazy("看了"), "units": gettext_lazy("家数"), "finding": gettext_lazy("结论"),
    "groups": gettext_lazy("组数"), "told": gettext_lazy("报告"), "injuries": gettext_lazy("工伤"), "linked": gettext_lazy("已关联"),
    "proposed": gettext_lazy("待核对"), "released": gettext_lazy("已解除"),
    "inside": gettext_lazy("上级"), "on": gettext_lazy("生效日期"), "kind": gettext_lazy("类别"), "posts": gettext_lazy("岗位数"),
    "given": gettext_lazy("增加"), "taken": gettext_lazy("取消"),
    "server": gettext_lazy("服务器"), "view": gettext_lazy("视图"),
    "state": gettext_lazy("办理情况"), "level": gettext_lazy("级别"), "outcome": gettext_lazy("结果"), "as_of": gettext_lazy("研判日期"),
    "commit": gettext_lazy("数据版本"), "findings": gettext_lazy("研判结果"), "changes": gettext_lazy("有变化"), "digest": gettext_lazy("校验码"),
    "recorded": gettext_lazy("留存"), "policy": gettext_lazy("预警规则"), "runs": gettext_lazy("研判"), "accepted": gettext_lazy("接收"),
    "new": gettext_lazy("新增"), "changed": gettext_lazy("变更"), "gone": gettext_lazy("撤回"), "same": gettext_lazy("未变"),
    "difference": gettext_lazy("与上次比"), "provisional": gettext_lazy("待确认单位"), "historical": gettext_lazy("历史数据"),
    "waiting": gettext_lazy("待订正"), "row": gettext_lazy("行"), "letter": gettext_lazy("文书"), "warning": gettext_lazy("预警件"),
    "number": gettext_lazy("文号"), "fields": gettext_lazy("改动的项"), "approvals": gettext_lazy("已批准人数"), "day": gettext_lazy("日期"),
    "reply_by": gettext_lazy("答复期限"), "town": gettext_lazy("镇（街道、区）"), "what": gettext_lazy("内容"), "tab": gettext_lazy("名单"),
    "events": gettext_lazy("起数"), "ours": gettext_lazy("本平台"), "theirs": gettext_lazy("对方"), "mode": gettext_lazy("方式"),
    "ids": gettext_lazy("编号"), "enterprises": gettext_lazy("单位"), "round": gettext_lazy("第几次"), "good": gettext_lazy("通过"),
    "offered": gettext_lazy("取用"), "list": gettext_lazy("名单"), "left_off": gettext_lazy("去掉"), "parts": gettext_lazy("部分"),
    "question": gettext_lazy("条件"), "end": gettext_lazy("截止月份"), "span": gettext_lazy("区间"), "title": gettext_lazy("标题"),
    "measure": gettext_lazy("指标"), "down": gettext_lazy("行"), "across": gettext_lazy("列"), "basis": gettext_lazy("按"),
    "scope": gettext_lazy("范围"), "status": gettext_lazy("办到"),
}  # fmt: skip
COUNTED = {"fields"}  # codes of a form, which only its room can name: how many
STATES = {  # what something has become by the act, in whichever room
    "drafted": gettext_lazy("待起草"), "submitted": gettext_lazy("审核中"), "reviewed": gettext_lazy("待签发"), "signed": gettext_lazy("待发出"),
    "issued": gettext_lazy("待送达"), "delivered": gettext_lazy("已送达"), "acknowledged": gettext_lazy("已签收"), "withdrawn": gettext_lazy("已撤回"),
    "revoked": gettext_lazy("已撤销"), "merged": gettext_lazy("已并案"), "closed": gettext_lazy("办结"), "approved": gettext_lazy("已批准"),
    "verified": gettext_lazy("属实"), "dismissed": gettext_lazy("已排除"), "raised": gettext_lazy("已转办"),
    "offered": gettext_lazy("待接收"), "accepted": gettext_lazy("已接收"), "answered": gettext_lazy("已反馈"),
}  # fmt: skip
OF_KIND: dict[str, dict[str, Any]] = {  # the same word in another room: subject → states
    "case": {
        "open": gettext_lazy("待办结"), "interview": gettext_lazy("待约谈"), "interviewed": gettext_lazy("已约谈"),
        "report_due": gettext_lazy("待报整改情况"), "overdue": gettext_lazy("未交"), "submitted": gettext_lazy("待复核"),
        "late_submitted": gettext_lazy("迟交，待复核"), "returned": gettext_lazy("退回补正"), "accepted": gettext_lazy("复核通过"),
        "evaluating": gettext_lazy("待评估"), "extended": gettext_lazy("延期评估"), "listed": gettext_lazy("挂牌督办"),
        "delisted": gettext_lazy("已摘牌"), "closed_ok": gettext_lazy("办结"), "dropped": gettext_lazy("随预警终止"),
    },
    "referral": {
        "sent": gettext_lazy("待接收"), "accepted": gettext_lazy("办理中"), "sent_back": gettext_lazy("已退回，待改派"),
        "answered": gettext_lazy("已反馈，待核验"), "checked": gettext_lazy("已核验"), "reassigned": gettext_lazy("已改派"),
    },
    "policy": {"draft": gettext_lazy("草稿"), "offered": gettext_lazy("范本"), "in_force": gettext_lazy("正式施行"), "ended": gettext_lazy("已停用")},
    "batch": {"mended": gettext_lazy("已订正")},
}  # fmt: skip
NAMES = {  # what stands behind the colon of a subject
    "injuries": gettext_lazy("工伤事故"), "warnings": gettext_lazy("预警"), "deliveries": gettext_lazy("文书送达"),
    "rectification": gettext_lazy("整改"), "brief": gettext_lazy("会商一页"), "meeting_brief": gettext_lazy("汇报稿"),
    "meeting_list": gettext_lazy("会商名单"), "desk": gettext_lazy("待办"), "agency": gettext_lazy("经办月报"),
    "emergency": gettext_lazy("应急事故数"), "push": gettext_lazy("三推送"),
}  # fmt: skip
VALUES = {
    "head": gettext_lazy("主要负责人"), "handler": gettext_lazy("经办人"), "worker": gettext_lazy("姓名"),
    "id_number": gettext_lazy("证件号码"), "phone": gettext_lazy("电话"), "claimed": gettext_lazy("已核实为工伤并补报"),
    "not_work": gettext_lazy("非工伤"), "unknown": gettext_lazy("无法核实"), "list": gettext_lazy("名单"),
    "serious": gettext_lazy("重伤以上"), **{level.value: level.zh for level in Level}, "case_analysis": gettext_lazy("个案分析"), "correction": gettext_lazy("订正"),
    "pdf": "PDF", "word": "Word", "print": gettext_lazy("打印稿"), "sign_off": gettext_lazy("签批单"), "receipt": gettext_lazy("签收回执"),
    "differences": gettext_lazy("与上次不同"), "different": gettext_lazy("与上次不同"), "corrections": gettext_lazy("订正表"),
    "columns": gettext_lazy("列"), "full": gettext_lazy("正式施行"), "trial": gettext_lazy("试运行"), "general": gettext_lazy("一般企业"),
    "key": gettext_lazy("重点企业"), "year": gettext_lazy("全年"), "quarter": gettext_lazy("季度"), "month": gettext_lazy("月"),
    "inspection": gettext_lazy("专项检查"), "plan": gettext_lazy("整改方案"), "site": gettext_lazy("看整改现场"), "other": gettext_lazy("其他"),
    "commuting": gettext_lazy("属于上下班途中"), "not_ours": gettext_lazy("职工不是本单位的"), "refused": gettext_lazy("没有认定为工伤"),
    "occurred": gettext_lazy("发生日期"), "reported": gettext_lazy("申报日期"), "recognised": gettext_lazy("认定日期"),
    "at_work": gettext_lazy("生产经营性"), "town": gettext_lazy("镇（街道、区）"),
}  # fmt: skip
