"""新旧两版有什么不同, of a rule about cases, townships, trades, departments or the whole area: which of them have another outcome, and
which of their numbers differ. A list has no graver and lighter end, so none is called graver."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wushang.judge.assessments.judging import Assessed, assess
from wushang.judge.assessments.running import reported
from wushang.judge.difference import Difference, Line, difference
from wushang.judge.explain import name_title
from wushang.judge.groups import Group, Values
from wushang.judge.models import PolicyVersion
from wushang.judge.pack import Pack
from wushang.judge.prose import title
from wushang.judge.run import regional
from wushang.judge.subject import SUBJECTS
from wushang.judge.wording import texts
from wushang.judge.worked import said as shown
from wushang.people import area
from wushang.pool.reading import Pool


@dataclass(frozen=True)
class GroupMove:
    """A case, a township … whose outcome is another one; before, after: what they are called; numbers: those that differ."""

    key: str
    name: str
    before: str
    after: str
    numbers: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """东城街道：由“黄色”变为“橙色”（风险综合指数 0.52 → 0.48）."""
        said = _("%(name)s：由“%(was)s”变为“%(now)s”") % {"name": self.name, "was": self.before, "now": self.after}
        return f"{said}（{'，'.join(self.numbers)}）" if self.numbers else said


@dataclass(frozen=True)
class GroupDifference:
    as_of: date
    commit: int
    subject: str
    groups: int
    texts: list[str]
    moves: list[GroupMove]
    alike: bool = True  # both versions are about the same kind of thing

    @property
    def pairs(self) -> list[Line]:
        """结果 → 结果, the most first."""
        every = Counter(f"{move.before} → {move.after}" for move in self.moves)
        return [Line(one, n, 0) for one, n in sorted(every.items(), key=lambda pair: (-pair[1], pair[0]))]

    @property
    def sentence(self) -> str:
        if not self.alike:
            return _("两版评定的对象不同，不能逐个比较谁的结果变了。")
        kind = SUBJECTS[self.subject]
        told = {
            "day": self.as_of.isoformat(),
            "n": self.groups,
            "c": len(self.moves),
            "u": kind.counter,
            "what": kind.title,
        }
        if not self.groups:
            return _("按 %(day)s 的数据，两版都没有可评定的%(what)s。") % told
        if not self.moves:
            return _("按 %(day)s 的数据，%(n)d %(u)s%(what)s的结果都不变。") % told
        return _("按 %(day)s 的数据，%(n)d %(u)s%(what)s中有 %(c)d %(u)s结果改变。") % told

    def to_json(self) -> dict[str, Any]:
        told = {
            "as_of": self.as_of.isoformat(), "commit": self.commit, "subject": self.subject, "groups": self.groups, "changed": len(self.moves),
            "sentence": self.sentence, "texts": self.texts, "by_outcome": [{"title": line.title, "groups": line.units} for line in self.pairs],
            "moves": [asdict(move) | {"numbers": list(move.numbers), "sentence": move.sentence} for move in self.moves],
        }  # fmt: skip
        return told | {
            "digest": hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        }


def group_difference(
    old: Pack, new: Pack, pool: Pool, as_of: date, region: str, told: Mapping[str, Values]
) -> GroupDifference:
    """Both texts on the same facts and the same figures of the place, each with the values that it gives on that day or when it was
    last looked at."""
    said = list(texts(old, new, area.whole(region)))
    if old.subject != new.subject:
        named = {"was": SUBJECTS[old.subject].title, "now": SUBJECTS[new.subject].title}
        return GroupDifference(
            as_of, pool.commit, new.subject, 0, [_("评定对象：%(was)s → %(now)s") % named, *said], [], False
        )
    was, will = (
        assess(pack, pool, as_of, region, told, pack.settings(max(as_of, pack.shown_on))) for pack in (old, new)
    )
    before, after = by_key(was), by_key(will)
    keys = list(after) + [key for key in before if key not in after]
    moves = [move for key in keys if (move := _move(old, new, before.get(key), after.get(key)))]
    return GroupDifference(as_of, pool.commit, new.subject, len(keys), said, moves)


def by_key(found: Assessed) -> dict[str, Group]:
    return {one.key: one for one in found.groups}


def _move(old: Pack, new: Pack, was: Group | None, now: Group | None) -> GroupMove | None:
    one = now or was
    codes = tuple(group.outcome if group else "" for group in (was, now))
    if one is None or codes[0] == codes[1]:
        return None
    return GroupMove(
        one.key, one.name, _called(old, codes[0]), _called(new, codes[1]), tuple(_numbers(old, new, was, now))
    )


def _called(pack: Pack, code: str) -> str:
    return title(pack, code) if code else _("没有结果")


def _numbers(old: Pack, new: Pack, was: Group | None, now: Group | None) -> Iterator[str]:
    """The numbers of one group that the two versions reckon otherwise; where none does, those that the new one goes by."""
    before, after = (group.values | group.figures if group else {} for group in (was, now))
    common = [name for name in after if name in before and before[name] != after[name]]
    for name in common:
        yield f"{name_title(new, name)} {shown(before[name])} → {shown(after[name])}"
    for name in () if common else (name for name in after if name in new.figures or not new.figures):
        yield f"{name_title(new, name)} {shown(after[name])}"


def compared(old: PolicyVersion, new: Pack, as_of: date, region: str) -> Difference | GroupDifference:
    """A version beside another text: units moved from level to level, or cases, townships … with another outcome."""
    if old.pack.of_units and new.of_units:
        return difference(old.pack, new, regional(region), as_of, region)
    return group_difference(old.pack, new, regional(region), as_of, region, reported(old, as_of))
