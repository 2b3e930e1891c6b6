"""The menu by role: at most seven entries, each shown to who has one of its verbs (users.md 8)."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Entry:
    title: object
    name: str  # url name
    verbs: tuple[str, ...]
    under: tuple[str, ...]  # addresses under which the entry is marked
    unless: tuple[str, ...] = ()  # who has one of these reaches the page from another entry


ENTRIES = (
    Entry(_("今日走访"), "rectify:visits", ("rectify.visit",), ("/rectify/visits",)),
    Entry(_("待签"), "desk", ("warn.sign",), ("/",)),
    Entry(_("待办"), "desk", (), ("/",), unless=("warn.sign",)),
    Entry(_("转办件"), "rectify:referrals", ("rectify.answer_referral",), ("/rectify/referrals/",), unless=("rectify.visit", "rectify.review")),
    Entry(_("数据报送"), "collect:batches", ("collect.see",), ("/collect/", "/integrate/", "/reconcile/", "/analyse/quality")),
    Entry(_("单位档案"), "enterprises", ("pool.see",), ("/enterprises/", "/pool/", "/judge/risk/")),
    Entry(_("重点单位"), "judge:lists", ("analyse.names_on_wall",), ("/judge/lists/",)),
    Entry(_("名单预警"), "judge:lists", ("judge.see",), ("/judge/lists/",), unless=("warn.see",)),
    Entry(_("预警办理"), "warn:warnings", ("warn.see",), ("/warn/", "/judge/lists/", "/judge/near/", "/rectify/", "/evaluate/", "/corrections/")),
    Entry(_("效果评估"), "evaluate:rechecks", ("evaluate.see",), ("/evaluate/",), unless=("warn.see",)),
    Entry(_("会商一页"), "meeting", ("analyse.names_on_wall",), ("/meeting/", "/analyse/", "/judge/signals/", "/judge/ranking/")),
    Entry(_("收件箱"), "warn:inbox", ("collect.own",), ("/warn/inbox",), unless=("warn.see",)),
    Entry(_("统计通报"), "meeting", ("analyse.meeting",), ("/meeting/", "/analyse/", "/judge/signals/", "/judge/risk/", "/judge/ranking/"), unless=("analyse.names_on_wall",)),
    Entry(_("统计"), "analyse:cube", ("analyse.see",), ("/analyse/",), unless=("analyse.meeting",)),
    Entry(_("异常提示"), "judge:signals", ("judge.see_signals",), ("/judge/signals/", "/judge/ranking/"), unless=("analyse.meeting",)),
    Entry(_("对账"), "reconcile", ("analyse.reconcile",), ("/reconcile/",), unless=("collect.confirm",)),
    Entry(_("台账打印"), "ledgers", ("ledger.print",), ("/ledgers/",)),
    Entry(_("设置"), "place", ("people.see",), ("/place/", "/judge/"), unless=("people.manage",)),
    Entry(_("预警规则"), "judge:policies", ("judge.see",), ("/judge/",), unless=("people.see",)),
    Entry(_("账号"), "people:accounts", ("people.manage",), ("/people/accounts", "/collect/machines", "/collect/pulls")),
    Entry(_("日志审计"), "people:audit", ("people.audit",), ("/people/audit",)),
    Entry(_("运行"), "running", ("people.manage", "people.audit"), ("/running/",)),
)


def menu_of(request) -> list[dict]:
    shown = []
    for entry in ENTRIES:
        if entry.verbs and not _may(request, entry.verbs) or _may(request, entry.unless):
            continue
        try:
            url = reverse(entry.name)
        except NoReverseMatch:  # the room is not built in yet
            continue
        shown.append({"title": entry.title, "url": url, "active": request.path == url or _under(request.path, entry)})
    first = next((place for place, entry in enumerate(shown) if entry["active"]), None)
    return [entry | {"active": place == first} for place, entry in enumerate(shown)]  # one mark, the more special first


def _may(request, verbs: tuple[str, ...]) -> bool:
    return any(request.scope.may(verb) for verb in verbs)


def _under(path: str, entry: Entry) -> bool:
    return any(path.startswith(prefix) for prefix in entry.under if prefix != "/")
