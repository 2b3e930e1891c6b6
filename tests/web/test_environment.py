"""Settings are read once, in one place; a wrong value stops the start with a sentence."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

import wushang
from wushang.web import environment

HOUSE = Path(wushang.__file__).parent


def test_the_days_of_the_offices_steps_are_read_by_state(monkeypatch):
    monkeypatch.setenv("WUSHANG_WARN_DAYS", "drafted=3 working_days; signed=1 days")
    assert environment.lengths("WUSHANG_WARN_DAYS") == {"drafted": "3 working_days", "signed": "1 days"}


@pytest.mark.parametrize("wrong", ["drafted", "drafted=soon", "drafted=2 fortnights"])
def test_a_length_that_is_none_stops_the_start(monkeypatch, wrong):
    monkeypatch.setenv("WUSHANG_WARN_DAYS", wrong)
    with pytest.raises(ImproperlyConfigured, match="state=length"):
        environment.lengths("WUSHANG_WARN_DAYS")


def test_numbers_by_word_keep_the_default_where_nothing_is_said(monkeypatch):
    monkeypatch.setenv("WUSHANG_SEVERITY_DAYS", "minor=5; 10=900")
    assert environment.numbers("WUSHANG_SEVERITY_DAYS", "fatal=6000;10=1556;minor=1") == {"fatal": 6000, "10": 900, "minor": 5}


@pytest.mark.parametrize(("wrong", "why"), [("minor", "whole number"), ("minor=1.5", "whole number"), ("light=3", "no word light")])
def test_a_number_by_word_that_is_none_stops_the_start(monkeypatch, wrong, why):
    monkeypatch.setenv("WUSHANG_SEVERITY_DAYS", wrong)
    with pytest.raises(ImproperlyConfigured, match=why):
        environment.numbers("WUSHANG_SEVERITY_DAYS", "fatal=6000;minor=1")


def test_hours_by_day_are_minutes_and_a_night_through_midnight_stops_the_start(monkeypatch):
    monkeypatch.setenv("WUSHANG_SEND_HOURS", "2027-01-01=09:00-24:00;2000-01-01=08:30-20:00")
    first, second = environment.hours("WUSHANG_SEND_HOURS", "")
    assert (first[0].year, first[1], second[1]) == (2000, (510, 1200), (540, 1440))
    for wrong in ("08:00-20:00", "2000-01-01=20:00-08:00", "2000-01-01=8", "2000-01-01=08:00-25:00"):
        monkeypatch.setenv("WUSHANG_SEND_HOURS", wrong)
        with pytest.raises(ImproperlyConfigured, match="day=hh:mm-hh:mm"):
            environment.hours("WUSHANG_SEND_HOURS", "2000-01-01=08:00-20:00")


def test_no_room_has_a_default_of_its_own_for_a_setting():
    guilty = [p.name for p in HOUSE.rglob("*.py") if re.search(r'getattr\(settings, "WUSHANG_', p.read_text("utf-8"))]
    assert guilty == []


def test_every_setting_that_a_room_reads_stands_in_settings():
    read = {name for p in HOUSE.rglob("*.py") for name in re.findall(r"settings\.(WUSHANG_\w+)", p.read_text("utf-8"))}
    held = set(re.findall(r"^(WUSHANG_\w+) = ", (HOUSE / "web" / "settings.py").read_text("utf-8"), re.MULTILINE))
    assert read - held == set()
