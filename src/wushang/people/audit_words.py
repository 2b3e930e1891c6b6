"""The audit log in the office's words: what an entry's act and subject are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import Deed
from wushang.people.models import AuditEntry, Department, Region, Role, User

PLAIN = {  # entries that no deed writes
    "people.sign_in": gettext_lazy("登录"),
    "people.sign_in_failed": gettext_lazy("登录失败"),
    "people.sign_out": gettext_lazy("退出"),
    "people.audit_export": gettext_lazy("导出日志"),
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
}  # fmt: skip
HIDDEN = {"act", "refused", "reason"}
KEYS = {
    "role": gettext_lazy("岗位"), "regions": gettext_lazy("地区"), "department": gettext_lazy("部门"), "to": gettext_lazy("到"),
    "from": gettext_lazy("从"), "until": gettext_lazy("到"), "deputy_of": gettext_lazy("代理"), "items": gettext_lazy("项数"),
    "contact": gettext_lazy("联系人"), "source": gettext_lazy("来源"), "enterprise": gettext_lazy("单位"),
    "file": gettext_lazy("文件"), "rows": gettext_lazy("行数"), "added": gettext_lazy("新增"), "renewed": gettext_lazy("更新"),
    "filters": gettext_lazy("条件"), "merged": gettext_lazy("并入"), "n": gettext_lazy("数量"),
}  # fmt: skip
VALUES = {"head": gettext_lazy("主要负责人"), "handler": gettext_lazy("经办人")}


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
            "act": by_name.get(entry.detail.get("act", "")) or by_verb.get(entry.verb) or entry.verb,
            "subject": _subject(entry.subject, people), "refused": bool(entry.detail.get("refused")),
            "reason": entry.detail.get("reason", ""),
            "said": "，".join(
                f"{KEYS.get(key, key)} {_plain(value, words)}" for key, value in entry.detail.items() if key not in HIDDEN
            ),
        }
        for entry in entries
    ]  # fmt: skip


def vias() -> dict[str, str]:
    return {"page": _("网页"), "api": _("接口"), "command": _("命令"), "worker": _("平台自动"), "link": _("单位链接")}


def _names(entries: list[AuditEntry]) -> dict[str, str]:
    ids = [entry.subject[5:] for entry in entries if entry.subject.startswith("user:") and entry.subject[5:].isdigit()]
    return {str(pk): name for pk, name in User.objects.filter(pk__in=ids).values_list("pk", "name")}


def _subject(subject: str, people: dict[str, str]) -> str:
    kind, _colon, key = subject.partition(":")
    return f"{SUBJECTS.get(kind, kind)} {people.get(key, key) if kind == 'user' else key}".strip()


def _codes() -> dict[str, str]:
    """Codes of roles, places, departments and people as details name them → names."""
    words = {code: str(word) for code, word in VALUES.items()}
    for rows in (Role.objects.values_list("code", "title"), Region.objects.values_list("code", "name"),
                 Department.objects.values_list("code", "short_name"), User.objects.values_list("username", "name")):  # fmt: skip
        words.update(rows)
    return words


def _plain(value: object, words: dict[str, str]) -> str:
    return "、".join(words.get(str(one), str(one)) for one in (value if isinstance(value, list) else [value]))
