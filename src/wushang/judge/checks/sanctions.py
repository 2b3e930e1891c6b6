"""A score orders work; it never punishes by itself (domain.md C9): a sanction needs a rule of its own."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from wushang.judge.language.tree import Figure
from wushang.judge.pack import Pack
from wushang.judge.remark import Remark
from wushang.terms.actions import actions

# the words of `then:` that put an enterprise at a disadvantage
SANCTIONS = ("county_circular", "award_restriction", "penalty_referral", "immediate_referral")


def check_sanctions(pack: Pack) -> Iterator[Remark]:
    """An error for each outcome that looks at a score and says a word of SANCTIONS."""
    scores = {code for code, figure in pack.figures.items() if figure.items}
    for outcome in pack.outcomes:
        used = [part.name for part in pack.conditions[outcome.code].top.written() if isinstance(part, Figure) and part.name in scores]
        said = "、".join(actions()[word].said("") for word in outcome.then if word in SANCTIONS)
        if used and said:
            told = {"title": pack.figures[used[0]].title, "said": said}
            sentence = _("“%(title)s”是评分，不能据此%(said)s") % told
            remedy = _("评分只安排指导和检查；确需这项措施的，请另写一个不用评分的结果")
            yield Remark("error", sentence, f"outcomes.{outcome.code}", outcome.line, remedy, "sanction")
