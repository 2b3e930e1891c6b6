"""The shape of injuries (left) against what hospitals and health institutions report (right).

The figures m and u are by judgement; they serve until the lists are long enough to learn from. How far apart in days the two
may lie is the place's own (`WUSHANG_LINK_…`).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from wushang.integrate.linkage.shape import Compared, Level, Shape, absent, same, slip

_FIRM = "(firm_l IS NULL AND firm_name_l IS NULL) OR (firm_r IS NULL AND firm_name_r IS NULL)"

ID = Compared("id_number", absent("id_number"), (
    Level(same("id_number"), "证件号码一致", 0.93, 1e-6), Level(slip("id_number", 8), "证件号码只差一位", 0.04, 1e-6),
    Level("", "证件号码不同", 0.03, 0.999998),
))  # fmt: skip
NAME = Compared("name", absent("name"), (
    Level(same("name"), "姓名一致", 0.93, 0.001),
    Level(f"length(name_l) >= 3 AND length(name_r) >= 3 AND {slip('name')}", "姓名只差一字", 0.04, 0.003), Level("", "姓名不同", 0.03, 0.996),
))  # fmt: skip
SEX = Compared("sex", absent("sex"), (Level(same("sex"), "性别一致", 0.99, 0.6), Level("", "性别不同", 0.01, 0.4)))
BORN = Compared("born", absent("born"), (
    Level("abs(born_l - born_r) <= 1", "年龄一致", 0.95, 0.07), Level("abs(born_l - born_r) <= 4", "年龄相近", 0.03, 0.13),
    Level("", "年龄不符", 0.02, 0.8),
))  # fmt: skip
FIRM = Compared("firm", _FIRM, (
    Level("firm_l = firm_r OR host_l = firm_r OR firm_name_l = firm_name_r OR host_name_l = firm_name_r", "单位一致", 0.75, 0.004),
    Level(
        "(length(firm_name_r) >= 2 AND (contains(firm_name_l, firm_name_r) OR contains(host_name_l, firm_name_r))) OR "
        f"(length(firm_name_l) >= 2 AND contains(firm_name_r, firm_name_l)) OR ({slip('firm_name')})",
        "单位名称相近", 0.17, 0.004),
    Level("", "单位不同", 0.08, 0.992),
))  # fmt: skip
PART = Compared("part", absent("part"), (Level(same("part"), "受伤部位一致", 0.85, 0.2), Level("", "受伤部位不同", 0.15, 0.8)))

_SAME_DAY, _NEAR, _FAR = 3, 2, 1  # levels of the days


@dataclass(frozen=True)
class Reach:
    """Days between an injury and a first visit: so many before (a wrong date) or after are looked at; `near` may be linked unasked."""

    before: int
    near: int
    after: int

    def level(self, days: int) -> int:
        """The level of a report so many days after the injury."""
        if 0 <= days <= 1:
            return _SAME_DAY
        if -1 <= days <= self.near:
            return _NEAR
        return _FAR if -self.before <= days <= self.after else 0


def reach() -> Reach:
    return Reach(settings.WUSHANG_LINK_DAYS_BEFORE, settings.WUSHANG_LINK_DAYS_NEAR, settings.WUSHANG_LINK_DAYS_AFTER)


def _day(far: Reach) -> Compared:
    return Compared("day", absent("day"), (
        Level("day_r - day_l BETWEEN 0 AND 1", "受伤当天或次日", 0.85, 0.004),
        Level(f"day_r - day_l BETWEEN -1 AND {far.near}", f"相差{far.near}天以内", 0.1, 0.012),
        Level(f"day_r - day_l BETWEEN -{far.before} AND {far.after}", f"相差{far.after}天以内", 0.049, 0.08),
        Level("", "日期相差很远", 0.001, 0.904),
    ))  # fmt: skip


def shape() -> Shape:
    """What is compared, with the days that the place looks at."""
    far = reach()
    days = f"r.day - l.day BETWEEN -{far.before} AND {far.after}"
    soon = f"{days} AND r.day - l.day <= {far.near}"
    return Shape(
        "injury",
        ("id_number", "name", "sex", "born", "firm", "host", "firm_name", "host_name", "day", "part"),
        (ID, NAME, SEX, BORN, FIRM, _day(far), PART),
        (
            f"l.id_number = r.id_number AND {days}",
            f"l.name = r.name AND {days}",
            f"l.firm = r.firm AND {soon}",
            f"l.firm_name = r.firm_name AND {soon}",
        ),
        (f"l.id_number = r.id_number AND {days}", "l.name = r.name AND l.firm = r.firm"),
        (f"l.id_number = r.id_number AND {days}", f"l.name = r.name AND l.firm = r.firm AND {soon}"),
        0.7,
        ("born", "firm", "host", "day"),
    )


def near_in_time(levels: dict[str, int]) -> bool:
    """Whether the days alone allow a link without a person: a later first visit may be another injury of the same worker."""
    return levels.get("day", -1) >= _NEAR


def same_day(levels: dict[str, int]) -> bool:
    """On the day or the next: two reports of one injury hardly differ more."""
    return levels.get("day", -1) == _SAME_DAY


def same_number(levels: dict[str, int]) -> bool:
    return levels.get("id_number") == len(ID.levels) - 1


def names_the_worker(levels: dict[str, int]) -> bool:
    """Whether two things say who it is: the number (one slip allowed) with the name, or the name with the unit."""
    number, name, firm = (levels.get(one, -1) for one in ("id_number", "name", "firm"))
    if number == 0:  # two full numbers that differ are two persons until somebody has looked
        return False
    return (number >= 1 and name != 0) or (number == 2 and firm >= 1) or (name == 2 and firm >= 1)
