"""`make run` twice and `make fresh`: the practice city is kept, is begun again, and never lands in or clears another place."""

import gc
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from web.served import surroundings

from wushang.people.models import User
from wushang.web.demo import clear, replay
from wushang.web.management.commands import demo

db = pytest.mark.django_db


@pytest.fixture
def built(monkeypatch) -> list[tuple[date, int, int]]:
    """What the command asked to be built; a person in the ledger stands for the city."""
    asked: list[tuple[date, int, int]] = []

    def build(folder: Path, today: date, enterprises: int, months: int, tell) -> None:
        asked.append((today, enterprises, months))
        User.objects.create_user("wangli", "x", name="王丽")

    monkeypatch.setattr(replay, "build", build)
    return asked


@db
def test_an_empty_ledger_is_filled_and_the_second_start_keeps_it(built, capsys):
    for _time in (1, 2):
        call_command("demo", "--today", "2026-11-22", "--enterprises", "20", "--months", "6")
    assert built == [(date(2026, 11, 22), 20, 6)]
    said = capsys.readouterr().out
    assert "Practice city kept from" in said and said.count("wangli ") == 2


@db
@pytest.mark.parametrize("words", [[], ["--fresh"]])
def test_practice_data_belong_into_demo_mode_only(settings, built, words):
    settings.WUSHANG_MODE = "trial"
    User.objects.create_user("guanli", "x", name="管理员")
    with pytest.raises(CommandError, match="demo mode only"):
        call_command("demo", *words)
    assert User.objects.count() == 1 and not built


@db
def test_a_city_that_was_not_finished_is_not_taken_for_one(people, built):
    with pytest.raises(CommandError, match="was not finished.*make fresh"):
        call_command("demo")
    assert not built


@db
@pytest.mark.parametrize("words", [[], ["--fresh"]])
def test_a_place_that_was_founded_is_neither_filled_nor_cleared(built, words):
    from wushang.people import load

    load.regions([{"code": "330784", "name": "永康市", "kind": "county", "parent": ""}])
    User.objects.create_user("guanli", "x", name="管理员")
    with pytest.raises(CommandError, match="was founded, not the practice city"):
        call_command("demo", *words)
    assert User.objects.count() == 1 and not built


@db
def test_a_mark_beside_an_empty_ledger_does_not_count(built):
    clear.mark().write_text("2026-11-01")
    call_command("demo", "--today", "2026-11-22")
    assert len(built) == 1


@db
def test_every_table_of_ours_goes_and_nobody_elses(people):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE somebody_elses (one integer)")
    connection.check_constraints()  # the rows are of this very transaction: nothing of them may be pending
    clear.drop_tables()
    assert set(connection.introspection.table_names()) == {"somebody_elses"}


def test_what_the_city_left_in_the_home_goes_and_secrets_stay(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(clear, "drop_tables", lambda: None)
    for name in ("files/a", "snapshot/b", "city/c", "demo.done", "audit-heads.txt", "field_key.secret", "mine.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    clear.clear()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["field_key.secret", "mine.txt"]


def command(home: Path, *words: str) -> str:
    there = surroundings(home) | {"WUSHANG_MODE": "demo"}
    run = [sys.executable, "-m", "wushang.web.command", "demo", *words, "--enterprises", "20", "--months", "3"]
    return subprocess.run(run, env=there, capture_output=True, text=True, check=True, timeout=600).stdout


@pytest.mark.once
def test_the_real_city_is_kept_and_begun_again_when_asked(tmp_path):
    assert "完成" in command(tmp_path)
    secret = (tmp_path / "field_key.secret").read_text()
    kept = command(tmp_path)
    assert "Practice city kept from" in kept and "完成" not in kept
    assert "李建国  科长" in kept and "section_head" not in kept
    assert "完成" in command(tmp_path, "--fresh")
    assert (tmp_path / "field_key.secret").read_text() == secret


@db
def test_the_collector_looks_seldom_while_models_are_drawn_anew_and_as_usual_afterwards(built, monkeypatch, settings, tmp_path):
    settings.WUSHANG_HOME = tmp_path
    usual, seen = gc.get_threshold(), []
    monkeypatch.setattr(demo, "call_command", lambda *_words, **_more: seen.append(gc.get_threshold()))
    call_command("demo", today=date(2026, 11, 22))
    assert seen[0][0] > usual[0] and gc.get_threshold() == usual


def test_a_shared_store_loses_the_snapshots_own_files_and_no_other(settings, tmp_path):
    settings.WUSHANG_STORE = f"file://{tmp_path}"
    for name in ("current", "manifests/0000000001.json", "manifests/0000000001.sealed", "injuries/a.parquet", "别人的.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("1")
    clear.empty_store()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["别人的.txt"]
