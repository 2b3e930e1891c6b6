"""Every right that a page, a deed or a shipped role asks for is told in words (people/verbs.yaml), and every word is of one."""

import pkgutil
from importlib import import_module
from pathlib import Path

import yaml
from django.urls import get_resolver

import wushang
from wushang.people import verbs
from wushang.people.deed import Deed

EVERYBODYS = {  # rights that no role gives: one's own, the unit's behind its link, the platform's
    "people.password", "people.confirm_hand_over", "warn.acknowledge", "warn.inbox", "warn.close", "rectify.answer",
    "rectify.ask_correction", "rectify.confirm", "rectify.open", "signed_in", "public", "",
}  # fmt: skip


def deeds(base=Deed):
    for deed in base.__subclasses__():
        yield deed
        yield from deeds(deed)


def asked_by_pages(resolver) -> set[str]:
    found: set[str] = set()
    for pattern in resolver.url_patterns:
        found |= asked_by_pages(pattern) if hasattr(pattern, "url_patterns") else set(getattr(pattern.callback, "verbs", ()))
    return found


def asked() -> set[str]:
    for module in pkgutil.walk_packages(wushang.__path__, "wushang."):
        if ".deeds." in module.name:
            import_module(module.name)
    roles = Path(wushang.__file__).parent / "people" / "roles"
    shipped = [verb for path in roles.glob("*.yaml") for verb in yaml.safe_load(path.read_text("utf-8"))["verbs"]]
    return {*shipped, *(deed.verb for deed in deeds() if deed.__module__.startswith("wushang.")), *asked_by_pages(get_resolver())}


def test_every_right_is_told_in_words():
    assert asked() - EVERYBODYS - set(verbs.words()) == set()


def test_no_word_is_of_a_right_that_nobody_asks_for():
    assert set(verbs.words()) - asked() == set()
