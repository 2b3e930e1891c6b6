"""A model learnt anew: what it would change of links that nobody decided, told before it is done.

Hospitals' visits and disease cards are weighed again, with the thresholds of this moment. What people decided, what was entered by hand
and put under a claim, and accidents stay as they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wushang.integrate.linkage import weighed
from wushang.integrate.linkage.deciding import Found, decide
from wushang.integrate.linkage.waiting import everything, refused
from wushang.integrate.models import Link, LinkModel, LinkRun
from wushang.people.lease import renew
from wushang.pool.models.clock import latest

Natural = tuple[str, str, str]
SOME = 500
SET = ("state", "how", "probability", "weight", "levels", "model", "commit", "found", "released")


@dataclass(frozen=True)
class Plan:
    """The new model, the links it would make, and what would change; good as long as nothing else has been linked."""

    commit: int
    last: int  # the run it was made after
    decided: list[tuple[int, str]]  # links that people had decided, and how
    found: Found
    links: list[Link]
    looked_at: frozenset[Natural]
    change: Counter[str]

    @property
    def model(self) -> LinkModel:
        assert self.found.model is not None
        return self.found.model

    def stale(self) -> bool:
        return latest() != self.commit or _last() != self.last or _decided() != self.decided


def plan(at: datetime) -> Plan:
    """Learn, weigh everything, compare with what stands. Nothing is written."""
    until = latest()
    last, decided = _last(), _decided()
    work = everything(until)
    found = weighed.weighed(work, weighed.fresh(at, until))
    links = list(decide(found.pairs, work.rows, refused(work.rows.values()), found.clear))
    looked_at = frozenset(row.natural for row in work.rows.values())
    return Plan(until, last, decided, found, links, looked_at, _change(_standing(looked_at), links))


def _last() -> int:
    run = LinkRun.objects.first()
    return run.pk if run else 0


def _decided() -> list[tuple[int, str]]:
    return list(Link.objects.exclude(decided_by=None).order_by("pk").values_list("pk", "state"))


def _standing(looked_at: frozenset[Natural]) -> list[Link]:
    """Links of these reports that nobody decided."""
    rows = Link.objects.filter(what__in=("visit", "disease"), decided_by=None)
    return [link for link in rows.iterator() if natural(link) in looked_at]


def natural(link: Link) -> Natural:
    return (link.source, link.sender, link.key)


def _change(before: Iterable[Link], after: Iterable[Link]) -> Counter[str]:
    """Reports by what becomes of them."""
    was, will = _by_report(before), _by_report(after)
    return Counter(said for one in was.keys() | will.keys() if (said := _becomes(was[one], will[one])))


def _by_report(links: Iterable[Link]) -> dict[Natural, dict[str, set[int]]]:
    found: dict[Natural, dict[str, set[int]]] = defaultdict(lambda: {Link.LINKED: set(), Link.OPEN: set(), Link.RELEASED: set()})
    for link in links:
        found[natural(link)][link.state].add(link.injury_id)
    return found


def _becomes(was: dict[str, set[int]], will: dict[str, set[int]]) -> str:
    if was[Link.LINKED]:
        return "kept" if was[Link.LINKED] == will[Link.LINKED] else "moved" if will[Link.LINKED] else "taken_back"
    if will[Link.LINKED]:
        return "linked"
    if was[Link.OPEN] == will[Link.OPEN]:
        return "still_asked" if was[Link.OPEN] else ""
    return "asked" if will[Link.OPEN] else "no_longer_asked"


def carry_out(plan: Plan, at: datetime) -> None:
    """Write the links as planned; rows that stand keep their number."""
    plan.model.save()
    standing = {(*natural(link), link.injury_id): link for link in _standing(plan.looked_at)}
    wanted = {(*natural(link), link.injury_id): link for link in plan.links}
    _let_go(plan, (link for one, link in standing.items() if one not in wanted or (link.state == Link.LINKED != wanted[one].state)))
    changed, new = [], []
    for one, link in wanted.items():
        link.model, link.commit, link.found = plan.model, plan.commit, at
        if one in standing:
            changed.append(_like(standing[one], link))
        else:
            new.append(link)
    Link.objects.bulk_update(changed, SET, batch_size=SOME)
    Link.objects.bulk_create(new, batch_size=SOME)


def _like(standing: Link, link: Link) -> Link:
    """The standing row with the new figures; what stays linked was found when it was found."""
    if standing.state == link.state:
        link.commit, link.found = standing.commit, standing.found
    for name in SET:
        setattr(standing, name, getattr(link, name))
    return standing


def _let_go(plan: Plan, links: Iterable[Link]) -> None:
    """Links are released, proposals vanish; before anything is linked, since a report has one link at any time."""
    ids: dict[str, list[int]] = {Link.LINKED: [], Link.OPEN: [], Link.RELEASED: []}
    for link in links:
        ids[link.state].append(link.pk)
    for some in _parts(ids[Link.LINKED]):
        Link.objects.filter(pk__in=some).update(state=Link.RELEASED, released=plan.commit)
    for some in _parts(ids[Link.OPEN]):
        Link.objects.filter(pk__in=some, told=True).update(state=Link.RELEASED, released=plan.commit)  # its injury must hear of it first
        Link.objects.filter(pk__in=some, state=Link.OPEN).delete()


def _parts(ids: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(ids), SOME):
        renew()
        yield ids[start : start + SOME]
