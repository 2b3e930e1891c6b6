"""评估 proposed: count at one commit, judge by the rule the warning pinned, say it in sentences. The worker's; a person
may count anew, and before the figures are ripe gets a preview that says so."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.evaluate.beneath import of_unit
from wushang.evaluate.counting import figures, held, references
from wushang.evaluate.honest import basis, honestly
from wushang.evaluate.models import Recheck
from wushang.evaluate.recheck import judge
from wushang.evaluate.sentences import not_over, plainly, sentences
from wushang.evaluate.window_figures import Figures, Held, References
from wushang.evaluate.windows import Windows, last_year, windows
from wushang.judge.pack import Recheck as Rule
from wushang.people import area
from wushang.people.deed import refuse
from wushang.people.models import one_at_a_time
from wushang.people.scope import Scope
from wushang.pool import reading, snapshot
from wushang.rectify.deed import CaseDeed
from wushang.warn.units import version_of


@dataclass(frozen=True)
class Counted:
    """What was found at one commit."""

    rule: Rule
    seen: Windows
    commit: int
    now: Figures
    before: Figures
    beside: Figures
    beside_before: Figures
    area: References
    held: Held | None
    beneath: list[dict[str, Any]]


@dataclass
class ProposeRecheck(CaseDeed):
    verb = "evaluate.propose"
    title = gettext_lazy("效果评估")

    def check(self) -> None:
        super().check()
        if self.case.state not in ("evaluating", "extended"):
            raise refuse("state", _("现在是“%(state)s”，还不能评估。") % {"state": self.case.state_title}, _("整改通过复核以后才评估。"))
        if self.rules is None or self.rules.recheck is None:
            raise refuse("no_rule", _("依据的规则没有写评估办法。"), _("请在预警规则里补充后另行立件，或直接办结。"))

    def do(self) -> Recheck:
        """Count before the transaction begins: nobody waits for the figures."""
        self.authorise()
        self.check()
        self.counted = self._count()
        return super().do()

    def _count(self) -> Counted:
        assert self.rules is not None and self.rules.recheck is not None  # checked above
        rule, mine = self.rules.recheck, self.case.enterprise_id
        seen, pool = windows(rule, self._start()), self._pool()
        chosen, other = seen.chosen(rule), seen.other(rule)
        periods = chosen, last_year(chosen), other, last_year(other)
        now, before, beside, beside_before = figures(pool, mine, periods, rule.scope)
        unit = version_of(mine)
        region, industry = self.case.warning.version.region, unit.industry if unit else ""
        beside_all = references(pool, chosen, rule.scope, region, industry)
        known = held(pool, mine, last_year(chosen), rule.scope, region)
        falls = now.events < before.events
        under = of_unit.in_pool(pool, mine, (last_year(chosen), chosen), rule.scope, now, before, known) if falls else []
        return Counted(rule, seen, pool.commit, now, before, beside, beside_before, beside_all, known, under)

    def act(self) -> Recheck:
        it = self.counted
        chosen, other, ripe_on = it.seen.chosen(it.rule), it.seen.other(it.rule), self._ripe(it.seen)
        one_at_a_time(f"recheck.{self.case.pk}")
        outcome = judge(it.rule, it.now, it.before, it.area, ripe_on, self.today)
        told = basis(it.rule, it.now, it.before, it.held) | {"beneath": it.beneath}
        said = sentences(it.rule, chosen, it.now, it.before, outcome, ripe_on, area.whole(self.case.warning.version.region))
        said[-1:-1] = filter(None, [plainly(told), honestly(told)])
        if self.today <= chosen.end:
            said.insert(0, not_over(chosen, self.today))
        Recheck.objects.filter(case=self.case, state="proposed").update(state="replaced")
        made = Recheck.objects.create(
            case=self.case, enterprise_id=self.case.enterprise_id, at=self.at, by=self.actor.name, commit=it.commit,
            rule=asdict(it.rule), start=self._start(), window_start=chosen.start, window_end=chosen.end, ripe_on=ripe_on,
            figures={
                "now": it.now.to_json(), "before": it.before.to_json(),
                "other": {
                    "start": str(other.start), "end": str(other.end),
                    "now": it.beside.to_json(), "before": it.beside_before.to_json(),
                },
            },
            references=exact(it.area), fall_test=outcome.fall_test, rate_test=outcome.rate_test, flags=list(outcome.flags),
            verdict=outcome.verdict, sentences=said, basis=told,
        )  # fmt: skip
        self.record(_("效果评估：%(verdict)s（数据版本第 %(n)d 号）") % {"verdict": made.verdict_title, "n": made.commit})
        return made

    def _start(self) -> date:
        """The clock's start as the rule says: delivered, submitted or accepted."""
        rule = self.rules.recheck if self.rules else None
        submitted = timezone.localdate(self.case.submitted) if self.case.submitted else None
        held = {"delivered": self.case.delivered, "submitted": submitted, "accepted": self.case.accepted}
        start = held.get(rule.start if rule else "accepted")
        if start is None:
            raise refuse("no_start", _("没有评估起算的日期。"), _("请核对送达、提交和通过复核的登记。"))
        return start

    def _ripe(self, seen: Windows) -> date:
        """An extension moves the day on which the figures may be judged."""
        return max(seen.ripe_on, self.case.recheck_on or seen.ripe_on)

    def _pool(self) -> reading.Pool:
        """The newest snapshot; built first where it lags, so that what is known now is counted."""
        if snapshot.behind() and not snapshot.build(self.at):  # another process builds: what it holds is not all
            raise refuse("busy", _("数据正在更新，请稍后再试。"))
        return reading.open(Scope.system())


def exact(area: References) -> dict[str, Any]:
    """Fractions as text, '3/58', so that they can be read back without loss."""
    return {name: str(value) if value is not None else None for name, value in vars(area).items()}


def fraction(text: str | None) -> Fraction | None:
    return Fraction(text) if text is not None else None
