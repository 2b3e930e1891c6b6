"""The load of a rule, by hand: 黄 4 at half a day, 橙 2 at a day and a half, 红 1 at four days, in twelve months."""

from wushang.judge.load import Desk, Kind


def of(title: str, days: float, total: int) -> Kind:
    return Kind(title, title, "hrss", days, [total, *[0] * 11])


def test_the_days_are_divided_once_and_rounded_once():
    """4 × 0.5 + 2 × 1.5 + 1 × 4 = 9 person-days a year: 0.75 a month, for two people 0.375 each."""
    desk = Desk("hrss", "人社", [of("红", 4.0, 1), of("橙", 1.5, 2), of("黄", 0.5, 4)], 2, 20.7)
    assert (desk.pieces, desk.days, desk.days_each) == (0.6, 0.8, 0.4)
    assert Desk("hrss", "人社", desk.kinds, 0, 20.7).days_each is None
