"""The enterprises of the city and what befalls them: founding, renaming, moving, closing; their true risk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wushang.simulate.chance import Stream, pick
from wushang.simulate.identities import telephones, uscc
from wushang.simulate.months import Calendar
from wushang.simulate.names import enterprise_name, person_names, style_names
from wushang.simulate.places import TOWNS
from wushang.simulate.trades import TRADES, of_group

RISK_SHAPE = 1.8  # gamma shape of the enterprises' own risk within a trade: variance 1 / 1.8
NEVER = 10**6  # month number of what never happens
FIXED = 9  # the first enterprises: trades set, there from beginning to end


@dataclass
class Enterprises:
    """One array a property, one place an enterprise. Months are numbers of the calendar; NEVER is never."""

    trade: np.ndarray
    town: np.ndarray
    new_town: np.ndarray
    moved: np.ndarray
    size: np.ndarray
    name: np.ndarray
    new_name: np.ndarray
    renamed: np.ndarray
    uscc: np.ndarray
    insurance: np.ndarray
    insured: np.ndarray
    founded: np.ndarray
    opened: np.ndarray
    closed: np.ndarray
    head: np.ndarray
    risk: np.ndarray
    lookalike: np.ndarray

    def __len__(self) -> int:
        return len(self.trade)

    def rate(self) -> np.ndarray:
        """True injuries at work a year per 1,000 experienced workers, before any programme."""
        return np.array([t.rate for t in TRADES])[self.trade] * self.risk

    def group(self, name: str) -> np.ndarray:
        """Mask of the enterprises whose trade belongs to the group."""
        return np.isin(self.trade, of_group(name))

    def name_at(self, month: int) -> np.ndarray:
        """Registered names at the end of a month."""
        return np.where(self.renamed <= month, self.new_name, self.name)

    def town_at(self, month: int) -> np.ndarray:
        """Town numbers at the end of a month."""
        return np.where(self.moved <= month, self.new_town, self.town)

    def open_at(self, month: int) -> np.ndarray:
        """Mask of the enterprises that exist at the end of a month."""
        return (self.opened <= month) & (month < self.closed)


def draw(stream: Stream, count: int, calendar: Calendar) -> Enterprises:
    """Draw `count` enterprises: lognormal sizes, gamma risk, a few changes in the window."""
    rng = stream("enterprises")
    weights = np.array([t.weight for t in TRADES])
    trade = rng.choice(len(TRADES), size=count, p=weights / weights.sum())
    _every_group(trade)
    towns = np.array([t.weight for t in TOWNS])
    town, new_town = rng.choice(len(TOWNS), size=(2, count), p=towns / towns.sum())
    whole = max(0.3, min(1.0, (150 / count) ** 0.25))  # a whole city has its many small ones, a sample the larger
    median = 0.8 * np.array([t.median_size for t in TRADES])[trade] * whole
    size = np.maximum(3, median * np.exp(rng.normal(0, 0.9, count)))
    opened = _event(rng, count, 0.06, calendar)
    opened[(opened == NEVER) | (np.arange(count) < FIXED)] = -1
    size = np.where(opened >= 0, np.minimum(size, 80), size)  # nobody begins with a thousand
    closed = _event(rng, count, 0.04, calendar)
    closed[(closed <= opened + 2) | (np.arange(count) < FIXED)] = NEVER
    moved = np.where(new_town == town, NEVER, _event(rng, count, 0.03, calendar))
    renamed = _event(rng, count, 0.06, calendar)
    for change in (moved, renamed):  # nothing befalls what is not there
        change[(change <= opened) | (change >= closed)] = NEVER
    name, new_name, lookalike = _names(rng, trade)
    years = rng.integers(300, 9000, count)
    start = np.where(opened >= 0, calendar.first_days[np.maximum(opened, 0)], calendar.first_days[0] - years)
    kinds = np.where(np.isin(trade, of_group("schools")), "12", "91")
    household = np.isin(trade, of_group("shops")) & (rng.random(count) < 0.3)
    return Enterprises(
        trade=trade, town=town, new_town=new_town, moved=moved, size=size, name=name, new_name=new_name,
        renamed=renamed, uscc=_codes(np.where(household, "92", kinds)),
        insurance=np.array([f"9901{i + 1:06d}" for i in range(count)], dtype=object),
        insured=(np.arange(count) < FIXED) | (rng.random(count) > 0.04), founded=start, opened=opened, closed=closed,
        head=person_names(rng, count), risk=rng.gamma(RISK_SHAPE, 1 / RISK_SHAPE, count), lookalike=lookalike,
    )  # fmt: skip


def _every_group(trade: np.ndarray) -> None:
    """A small city still has two agencies and their hosts, a builder and a haulier: the first places are set."""
    fixed = of_group("dispatch") * 2 + of_group("construction")[:2] + of_group("logistics")[:1] + of_group("metal")
    trade[:FIXED] = fixed[:FIXED]


def _event(rng: np.random.Generator, count: int, share: float, calendar: Calendar) -> np.ndarray:
    """Month number in the window for a share of the enterprises, NEVER for the others."""
    when = rng.integers(calendar.start + 1, len(calendar.first_days), count)
    return np.where(rng.random(count) < share, when, NEVER)


def _codes(kinds: np.ndarray) -> np.ndarray:
    return np.array([uscc(i + 1, str(kind)) for i, kind in enumerate(kinds)], dtype=object)


def _names(rng: np.random.Generator, trade: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Names, later names, and whose look-alike an enterprise is (-1: nobody's): the same 字号 in another trade."""
    count = len(trade)
    styles = style_names(rng, 2 * count)
    lookalike = np.full(count, -1)
    twins = np.flatnonzero(rng.random(count) < 0.03)
    for twin in twins[twins > 0]:
        other = int(rng.integers(0, twin))
        if trade[other] != trade[twin] and lookalike[other] < 0:
            lookalike[twin], styles[twin] = other, styles[other]
    suffix = rng.integers(0, 6, count)
    name = [enterprise_name(styles[i], trade[i], suffix[i]) for i in range(count)]
    later = [enterprise_name(styles[count + i], trade[i], suffix[i]) for i in range(count)]
    return np.array(name, dtype=object), np.array(later, dtype=object), lookalike


def hosts(stream: Stream, firms: Enterprises) -> dict[int, np.ndarray]:
    """The enterprises (用工单位) to which each dispatch agency (劳务派遣) sends its workers."""
    rng = stream("hosts")
    taking = np.flatnonzero((firms.group("metal") | firms.group("logistics")) & (firms.closed == NEVER))
    taking = taking[firms.opened[taking] < 0]
    agencies = np.flatnonzero(firms.group("dispatch"))
    return {int(a): rng.choice(taking, size=min(5, len(taking)), replace=False) for a in agencies if len(taking)}


def regulators(firms: Enterprises) -> np.ndarray:
    """Kind of the department in charge (主管部门) of each enterprise."""
    return np.array([t.regulator for t in TRADES], dtype=object)[firms.trade]


def contacts(stream: Stream, firms: Enterprises, until: np.datetime64) -> list[tuple[str, ...]]:
    """Rows of contacts.csv: uscc, enterprise, role, name, phone, source, verified; some numbers never verified."""
    rng = stream("contacts")
    count = len(firms)
    clerk = person_names(rng, count)
    phone = telephones(rng, 2 * count)
    source = pick(rng, ["参保登记", "镇街核实", "企业自报"], 2 * count)
    seen = np.datetime_as_string(until - rng.integers(10, 500, 2 * count))
    known = rng.random(2 * count) < 0.85
    rows: list[tuple[str, ...]] = []
    for i in range(count):
        for k, (role, person) in enumerate((("主要负责人", firms.head[i]), ("工伤经办人", clerk[i]))):
            j = 2 * i + k
            verified = str(seen[j]) if known[j] else ""
            rows.append((firms.uscc[i], firms.name[i], role, person, phone[j], source[j], verified))
    return rows
