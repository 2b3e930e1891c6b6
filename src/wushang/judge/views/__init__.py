"""Pages of 研判: the rules as prose, their load, and why a unit was warned."""

from wushang.judge.views.acts import approve, draft, edit, end, force, offer
from wushang.judge.views.effect import batch_effect
from wushang.judge.views.findings import why_page
from wushang.judge.views.hand_in import hand_in
from wushang.judge.views.lists import freeze, frozen, frozen_file, leave_off, lists, policy_list, policy_list_file
from wushang.judge.views.near import near_page
from wushang.judge.views.policies import export, load_part, policies, policy
from wushang.judge.views.ranking import ranking
from wushang.judge.views.signals import answer, dismiss, hand_on, signal, signals, verify
from wushang.judge.views.trials import backtest_page, difference_page

__all__ = [
    "answer", "approve", "backtest_page", "batch_effect", "difference_page", "dismiss", "draft", "edit", "end", "export", "force", "freeze", "frozen",
    "frozen_file",
    "hand_in", "hand_on", "leave_off", "lists", "load_part", "near_page", "offer", "policies", "policy", "policy_list", "policy_list_file", "ranking",
    "signal", "signals", "verify", "why_page",
]  # fmt: skip
