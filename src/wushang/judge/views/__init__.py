"""Pages of 研判: the rules as prose, their load, and why a unit was warned."""

from wushang.judge.views.acts import approve, draft, edit, end, force
from wushang.judge.views.effect import batch_effect
from wushang.judge.views.findings import why_page
from wushang.judge.views.policies import export, load_part, policies, policy

__all__ = [
    "approve", "batch_effect", "draft", "edit", "end", "export", "force", "load_part", "policies", "policy", "why_page",
]  # fmt: skip
