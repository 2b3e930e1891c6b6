"""Signals as plain values: for the machine interface and the command."""

from __future__ import annotations

from datetime import date
from typing import Any

from wushang.judge.signals import words
from wushang.judge.signals.models import Signal

PLAIN = ("region", "industry", "kind", "week", "span", "age", "observed", "expected", "usual_low", "usual_high", "p", "q", "forecast",
         "detector", "state", "note", "answer")  # fmt: skip


def told(one: Signal, today: date) -> dict[str, Any]:
    """One signal with its words and the day by which it is to be looked into (None once it was)."""
    waits = one.state == "new"
    return {name: getattr(one, name) for name in PLAIN} | {
        "signal": one.pk, "towns": one.towns, "place": words.place(one), "what": words.what(one), "seen": words.seen(one),
        "due": one.due if waits else None, "overdue": waits and one.due < today, "commit": one.run.commit,
    }  # fmt: skip
