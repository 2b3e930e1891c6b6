"""Roles, and which deeds each verb allows."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from reference_pages.markdown import SOURCE, link, page, table

WITHOUT_ROLE = {
    "people.password": "everybody, for oneself",
    "people.confirm_hand_over": "whoever takes over",
    "warn.acknowledge": "the unit, behind its link and telephone code",
    "rectify.answer": "the unit, behind its link and telephone code",
    "rectify.ask_correction": "the unit, behind its link and telephone code",
    "rectify.confirm": "the unit's head (主要负责人), behind a link and telephone code of his own",
    "rectify.open": "the platform itself",
    "warn.inbox": "whoever works with warnings or hands in data, in the own department's inbox",
    "warn.close": "part of 办结 in rectify and evaluate, in the same person's name",
}
SEEN_ON_PAGES = "pages only (no deed)"
UNUSED = "declared for the role, no page or deed asks for it yet"


def roles() -> list[dict[str, Any]]:
    import yaml

    return [yaml.safe_load(path.read_text("utf-8")) for path in sorted((SOURCE / "people" / "roles").glob("*.yaml"))]


def deeds_by_verb() -> dict[str, list[str]]:
    """Verb → titles of the deeds that ask for it."""
    import wushang
    from wushang.people.deed import Deed

    for module in walk_packages(wushang.__path__, "wushang."):
        if ".deeds." in module.name:
            import_module(module.name)
    found: dict[str, list[str]] = {}
    waiting = [Deed]
    while waiting:
        for deed in waiting.pop().__subclasses__():
            waiting.append(deed)
            if deed.__module__.startswith("wushang.") and deed.verb and deed.title:
                found.setdefault(deed.verb, []).append(str(deed.title))
    return {verb: sorted(set(titles)) for verb, titles in found.items()}


def roles_page() -> str:
    deeds, all_roles = deeds_by_verb(), roles()
    text = "\n".join(p.read_text("utf-8") for p in SOURCE.rglob("*.py"))
    verbs = sorted({verb for role in all_roles for verb in role["verbs"]})

    def does(verb: str) -> str:
        return "、".join(deeds[verb]) if verb in deeds else SEEN_ON_PAGES if re.search(rf'["\']{verb}["\']', text) else UNUSED

    who = [(f"`{verb}`", does(verb), "、".join(r["title"] for r in all_roles if verb in r["verbs"])) for verb in verbs]
    rows = [(f"`{r['code']}`", r["title"], len(r["verbs"]), link(SOURCE / "people" / "roles" / f"{r['code']}.yaml"))
            for r in all_roles]  # fmt: skip
    others = [(f"`{verb}`", does(verb), who_may) for verb, who_may in WITHOUT_ROLE.items()]
    about = """A role is a list of verbs; an appointment gives a person a role for regions (and industries), with dates. Whoever has no
verb may do nothing: every page, deed, file and command asks."""
    return page(
        "Roles", about, table(["role", "title", "verbs", "file"], rows),
        "## Verbs: what they allow, and who has them\n", table(["verb", "deeds", "roles"], who),
        "## Verbs that no role has\n", table(["verb", "deeds", "who"], others),
    )  # fmt: skip
