"""The audit log in the office's words: what an entry's act and subject are called."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from wushang.people import verbs
from wushang.people.audit_terms import COUNTED, HIDDEN, KEYS, NAMES, OF_KIND, PLAIN, STATES, SUBJECTS, VALUES
from wushang.people.deed import Deed
from wushang.people.models import AuditEntry, Department, Region, Role, User

DIGEST = re.compile(r"[0-9a-f]{32,}")


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
            "said": "，".join(_said(entry, words)),
        }
        for entry in entries
    ]  # fmt: skip


def _said(entry: AuditEntry, words: dict[str, Any]) -> Iterator[str]:
    """Each thing that an entry tells, in words; what is empty tells nothing."""
    states = words | STATES | OF_KIND.get(entry.subject.partition(":")[0], {})
    for key, value in _in_order(entry.detail):
        if key in HIDDEN or value in ({}, [], None, ""):
            continue
        if key in COUNTED and isinstance(value, list):
            yield _("%(what)s %(n)d 项") % {"what": KEYS[key], "n": len(value)}
        else:
            yield f"{KEYS.get(key, key)} {_plain(value, states if key == 'state' else words)}"


def vias() -> dict[str, str]:
    return {"page": _("网页"), "api": _("接口"), "command": _("命令"), "worker": _("平台自动"), "link": _("单位链接"),
            "folder": _("收件文件夹"), "pull": _("定时拉取")}  # fmt: skip


def _names(entries: list[AuditEntry]) -> dict[str, str]:
    ids = [entry.subject[5:] for entry in entries if entry.subject.startswith("user:") and entry.subject[5:].isdigit()]
    return {str(pk): name for pk, name in User.objects.filter(pk__in=ids).values_list("pk", "name")}


def _subject(subject: str, people: dict[str, str]) -> str:
    kind, _colon, key = subject.partition(":")
    named = people.get(key, key) if kind == "user" else " ".join(str(NAMES.get(part, part)) for part in key.split(":"))
    return f"{SUBJECTS.get(kind, kind)} {named}".strip()


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
    return "、".join(_one(one, words) for one in (value if isinstance(value, list) else [value]))


def _one(value: object, words: dict[str, Any]) -> str:
    """A word, a pair of them (a question's part), or a long digest by its beginning."""
    if isinstance(value, list):
        return " ".join(str(KEYS.get(str(part)) or words.get(str(part), part)) for part in value)
    text = str(words.get(str(value), value))
    return f"{text[:12]}…" if DIGEST.fullmatch(text) else text
