"""相邻镇街一起看: a cluster of neighbours is seen, late reports and a rise of the whole county are not."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from django.utils import timezone
from judge.test_pages import page
from judge.test_signals import NEWEST, alarm, weekly

from wushang.judge.deeds.record_signals import RecordSignals
from wushang.judge.signals import words
from wushang.judge.signals.choosing import Looks, once
from wushang.judge.signals.models import Signal
from wushang.judge.signals.nearby import clusters
from wushang.judge.signals.weekly import places
from wushang.people.models import AreaMap, Region, User

GRID = {f"9901{n:05d}": (float(n % 5), float(n // 5)) for n in range(25)}


def county(seed: int = 3, mean: float = 2.0, weeks: int = 70) -> np.ndarray:
    return np.random.default_rng(seed).poisson(mean, (25, weeks))


def test_four_neighbours_that_are_each_a_little_high_are_one_signal():
    counts = county()
    counts[[6, 7, 11, 12], -3:] += 3
    (one,) = clusters(weekly(counts), GRID)
    assert {f"9901{n:05d}" for n in (6, 7, 11, 12)} <= set(one.towns) and len(one.towns) <= 9
    assert one.series == ("990100", "", "") and one.values["p"] == 0.001 and 3 <= one.values["span"] <= 6
    assert one.values["observed"] > one.values["usual_high"] and one.week == NEWEST
    assert len(one.drawn()["weeks"]) == 70 and one.drawn()["towns"] == list(one.towns)


def test_one_township_alone_is_named_by_itself():
    counts = county()
    counts[8, -2:] += 9
    (one,) = clusters(weekly(counts), GRID)
    assert (one.series, one.towns) == (("990100008", "", ""), ("990100008",))


def test_a_rise_of_the_whole_county_is_no_cluster_and_chance_hardly_ever():
    counts = county()
    counts[:, -4:] = np.random.default_rng(6).poisson(6, (25, 4))
    assert clusters(weekly(counts), GRID) == []
    assert sum(bool(clusters(weekly(county(seed)), GRID)) for seed in range(20)) <= 2


def test_reports_that_are_still_to_come_make_nobody_high_or_low():
    """Of the last three weeks a third is in; the others all. A cluster in them is seen all the same."""
    counts = county(mean=6.0)
    counts[:, -3:] = np.random.default_rng(5).binomial(counts[:, -3:], 1 / 3)
    assert clusters(weekly(counts), GRID) == []
    counts[[0, 1, 5], -3:] += 4
    (one,) = clusters(weekly(counts), GRID)
    assert {"990100000", "990100001", "990100005"} <= set(one.towns)


def test_without_a_map_or_with_too_short_a_past_nothing_is_said():
    counts = county()
    counts[6, -1] += 30
    assert clusters(weekly(counts), {}) == []
    assert clusters(weekly(counts[:, -50:]), GRID) == []


def cluster(p: float = 0.001, towns: tuple[str, ...] = ("990100001", "990100002"), week: date = NEWEST):
    made = alarm("990100", p=p, week=week)
    values = made.values | {"detector": "scan", "span": 4, "observed": 12}
    band = {"weeks": [week.isoformat()], "values": [12], "low": [2], "high": [8]}
    return replace(made, values=values, towns=towns, band=band)


def test_a_cluster_tells_of_its_townships_and_not_of_the_rest_of_the_county():
    told = list(once([cluster(), alarm("990100009", "C33", p=0.0001)]))
    assert len(told) == 2, "another township's outbreak is another one"
    told = list(once([cluster(), alarm("990100002", "C33", p=0.0001)]))
    assert len(told) == 1, "the same township's is the same"


@pytest.mark.django_db
def test_the_page_names_the_townships_and_a_township_does_not_see_its_neighbours(people, now):
    User.objects.update(password_set=timezone.now())
    looks = Looks("farrington", 60, 40, (cluster(),))
    RecordSignals(people.system.actor, now, date(2026, 3, 16), 7, date(2026, 3, 18), NEWEST, 200, looks).do()
    RecordSignals(people.system.actor, now + timedelta(days=7), date(2026, 3, 23), 8, date(2026, 3, 25), NEWEST, 201, looks).do()
    one = Signal.objects.get()
    assert (one.towns, words.place(one)) == (["990100001", "990100002"], "东城街道、石塘镇")
    assert words.seen(one) == "四周共 12 起，按平时在全县的占比应有 2～5 起" and words.listing(one) == ""
    shown = page(people.wangli, f"/judge/signals/{one.pk}/")
    assert "东城街道、石塘镇" in shown and "时空扫描（Kulldorff 2001）" in shown and "2月16日—3月15日四周" in shown
    assert page(people.zhanghaiyan, f"/judge/signals/{one.pk}/") == "404"


@pytest.mark.django_db
def test_the_places_are_those_of_the_map_that_was_uploaded(people, now):
    assert places() == {}
    content = {"kind": "tiles", "tiles": {"990100001": [0, 0], "990100002": [1, 0]}}
    AreaMap.objects.create(region=Region.objects.get(code="990100"), content=content, name="云溪", file_name="a.json", at=now)
    assert places() == {"990100001": (250.0, 250.0), "990100002": (750.0, 250.0)}


