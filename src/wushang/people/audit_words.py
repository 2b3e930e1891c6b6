"""The audit log in the office's words: what an entry's act and subject are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people import verbs
from wushang.people.deed import Deed
from wushang.people.models import AuditEntry, Department, Region, Role, User
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
    "visits": gettext_lazy("今日走访"), "corrections": gettext_lazy("数据核对申请"),
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
    "reply_by": gettext_lazy("答复期限"),
}  # fmt: skip
STATES = {  # what something has become by the act, in whichever room
    "drafted": gettext_lazy("待起草"), "submitted": gettext_lazy("审核中"), "reviewed": gettext_lazy("待签发"), "signed": gettext_lazy("待发出"),
    "issued": gettext_lazy("待送达"), "delivered": gettext_lazy("已送达"), "acknowledged": gettext_lazy("已签收"), "withdrawn": gettext_lazy("已撤回"),
    "revoked": gettext_lazy("已撤销"), "merged": gettext_lazy("已并案"), "closed": gettext_lazy("办结"), "approved": gettext_lazy("已批准"),
    "verified": gettext_lazy("属实"), "dismissed": gettext_lazy("已排除"), "raised": gettext_lazy("已转办"),
    "offered": gettext_lazy("待接收"), "accepted": gettext_lazy("已接收"), "answered": gettext_lazy("已反馈"),
}  # fmt: skip
VALUES = {
    "head": gettext_lazy("主要负责人"), "handler": gettext_lazy("经办人"), "worker": gettext_lazy("姓名"),
    "id_number": gettext_lazy("证件号码"), "phone": gettext_lazy("电话"), "claimed": gettext_lazy("已核实为工伤并补报"),
    "not_work": gettext_lazy("非工伤"), "unknown": gettext_lazy("无法核实"), "list": gettext_lazy("名单"),
    "serious": gettext_lazy("重伤以上"), **{level.value: level.zh for level in Level}, "case_analysis": gettext_lazy("个案分析"), "correction": gettext_lazy("订正"),
}  # fmt: skip


def _all_deeds(base: type[Deed] = Deed) -> Iterator[type[Deed]]:
    for deed in base.__subclasses__():
        yield deed
        yield from _all_deeds(deed)


def titles() -> tuple[dict[str, str], dict[str, str]]:
    """Title by deed name, and by verb (where a verb has several deeds: 起草／改稿／…, three at most)."""
    by_name = {deed.__name__: str(deed.title) for deed in _all_deeds() if deed.title}
    by_verb: dict[str, list[str]] = defaultdict(list)
    for deed in _all_deeds():
        if deed.verb and deed.title and str(deed.title) not in by_verb[deed.verb]:
            by_verb[deed.verb].append(str(deed.title))
    joined = {verb: "／".join(names) for verb, names in by_verb.items() if len(names) <= 3}
    return by_name, {**joined, **{verb: str(title) for verb, title in PLAIN.items()}}


def lines(entries: Iterable[AuditEntry]) -> list[dict]:
    """Entries → rows for the page and the export: at, who, via, act, subject, what was said, refused."""
    entries = list(entries)
    by_name, by_verb = titles()
    people, words = _names(entries), _codes()
    return [
        {
            "entry": entry, "at": entry.at, "who": entry.name or _("未登录"), "via": vias().get(entry.via, entry.via),
            "act": by_name.get(entry.detail.get("act", "")) or by_verb.get(entry.verb) or verbs.words().get(entry.verb, entry.verb),
            "subject": _subject(entry.subject, people), "refused": bool(entry.detail.get("refused")),
            "reason": entry.detail.get("reason", ""),
            "said": "，".join(
                f"{KEYS.get(key, key)} {_plain(value, words | STATES if key == 'state' else words)}"
                for key, value in _in_order(entry.detail) if key not in HIDDEN and value not in ({}, [])
            ),
        }
        for entry in entries
    ]  # fmt: skip


def vias() -> dict[str, str]:
    return {"page": _("网页"), "api": _("接口"), "command": _("命令"), "worker": _("平台自动"), "link": _("单位链接"),
            "folder": _("收件文件夹"), "pull": _("定时拉取")}  # fmt: skip


def _names(entries: list[AuditEntry]) -> dict[str, str]:
    ids = [entry.subject[5:] for entry in entries if entry.subject.startswith("user:") and entry.subject[5:].isdigit()]
    return {str(pk): name for pk, name in User.objects.filter(pk__in=ids).values_list("pk", "name")}


def _subject(subject: str, people: dict[str, str]) -> str:
    kind, _colon, key = subject.partition(":")
    return f"{SUBJECTS.get(kind, kind)} {people.get(key, key) if kind == 'user' else key}".strip()


def _codes() -> dict[str, str]:
    """Codes of roles, places, departments and people as details name them → names."""
    words = {code: str(word) for code, word in VALUES.items()} | verbs.words()
    for rows in (Role.objects.values_list("code", "title"), Region.objects.values_list("code", "name"),
                 Department.objects.values_list("code", "short_name"), User.objects.values_list("username", "name")):  # fmt: skip
        words.update(rows)
    return words


def _in_order(said: dict[str, Any]) -> list[tuple[str, Any]]:
    """In the order of our words: a database may give the keys of a JSON in its own."""
    places = {key: place for place, key in enumerate([*VALUES, *KEYS])}
    return sorted(said.items(), key=lambda one: (places.get(one[0], len(places)), one[0]))


def _plain(value: object, words: dict[str, Any]) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dict):
        return "、".join(f"{words.get(str(key)) or KEYS.get(str(key), key)} {_plain(one, words)}" for key, one in _in_order(value))
    return "、".join(str(words.get(str(one), one)) for one in (value if isinstance(value, list) else [value]))
