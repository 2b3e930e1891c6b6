"""The outbox: claimed once, retried with patience, lost never; practice instead of sending unless live; real channels."""

from __future__ import annotations

import json
import socket
import threading
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from wushang.terms.problem import Refused
from wushang.warn import channels, hours, outbox, tell
from wushang.warn.channels import Parcel, Unsent
from wushang.warn.deeds.set_start_day import SetStartDay
from wushang.warn.deeds.withhold import Withhold
from wushang.warn.models import Delivery, InboxItem, PracticeMessage, StartDay

pytestmark = pytest.mark.django_db
PARCEL = Parcel("0f8c", "13812342016", "恒岳杯业", "您单位有一份《风险提示函》", "请在2026年3月24日前签收。", "http://x/warn/door/AB")


@pytest.fixture
def gateway(settings):
    """A short-message gateway on this machine that writes down what it gets and answers as told."""

    class Gateway(BaseHTTPRequestHandler):
        got: list = []
        answer = 200

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.got.append((self.headers, json.loads(body)))
            self.send_response(self.answer)
            self.end_headers()
            self.wfile.write(b'{"id": "m-7"}')

        def log_message(self, *args):
            pass

    Gateway.got = []
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.WUSHANG_SMS_URL = f"http://127.0.0.1:{server.server_port}/send"
    yield Gateway
    server.shutdown()
    server.server_close()


class Mailbox(Message):
    def __init__(self):
        super().__init__()
        self.mails = []

    def handle_message(self, message):
        self.mails.append(message)


@pytest.fixture
def mailbox(settings):
    """A real SMTP server that keeps what it is given."""
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    server.stop()


def put(now, channel="sms_http", **more):
    what = {"purpose": "letter", "recipient_kind": "person", "recipient": "恒岳杯业", "title": "题", "text": "文"}
    return tell.put(now, channel=channel, address="13812342016", masked="138****2016", **(what | more))


def test_channels_are_found_by_being_there():
    assert channels.names() == ("by_hand", "inbox", "sms_http", "smtp")
    assert [n for n in channels.names() if channels.channel(n).outside] == ["sms_http", "smtp"]


def test_a_short_message_is_one_post_with_its_key(gateway):
    assert channels.channel("sms_http").send(PARCEL) == "m-7"
    headers, body = gateway.got[0]
    assert headers["Idempotency-Key"] == "0f8c"
    assert body == {"key": "0f8c", "to": "13812342016", "text": "请在2026年3月24日前签收。 http://x/warn/door/AB"}


@pytest.mark.parametrize(("answer", "again"), [(500, True), (429, True), (400, False), (403, False)])
def test_a_gateway_that_refuses_says_whether_again_helps(gateway, answer, again):
    gateway.answer = answer
    with pytest.raises(Unsent, match=str(answer)) as unsent:
        channels.channel("sms_http").send(PARCEL)
    assert unsent.value.again is again


def test_a_gateway_that_is_away_is_tried_again_and_one_not_set_is_not(settings):
    settings.WUSHANG_SMS_URL = "http://127.0.0.1:9/send"
    with pytest.raises(Unsent, match="连不上短信网关") as unsent:
        channels.channel("sms_http").send(PARCEL)
    assert unsent.value.again
    settings.WUSHANG_SMS_URL = ""
    with pytest.raises(Unsent, match="没有设置短信网关") as unsent:
        channels.channel("sms_http").send(PARCEL)
    assert not unsent.value.again


def test_a_mail_really_arrives_with_its_key_as_message_id(mailbox):
    mail = Parcel("0f8c", "head@example.cn", "恒岳杯业", "您单位有一份《风险提示函》", "请签收。", "http://x/warn/door/AB")
    assert channels.channel("smtp").send(mail) == "<0f8c@wushang>"
    got = mailbox.mails[0]
    assert got["To"] == "head@example.cn" and got["Message-ID"] == "<0f8c@wushang>"
    assert "请签收。" in got.get_payload(decode=True).decode() and "http://x/warn/door/AB" in got.get_payload(decode=True).decode()


def test_no_mail_server_set_is_not_tried_again():
    with pytest.raises(Unsent, match="没有设置邮件服务器") as unsent:
        channels.channel("smtp").send(PARCEL)
    assert not unsent.value.again


def test_demo_and_trial_write_to_the_practice_box_and_only_live_sends(settings, now, gateway):
    for mode, sent in (("demo", 0), ("trial", 0), ("live", 1)):
        settings.WUSHANG_MODE = mode
        row = put(now)
        assert outbox.deliver_some(now) == 1
        row.refresh_from_db()
        assert row.state == "sent" and len(gateway.got) == sent
    assert PracticeMessage.objects.count() == 2


def test_what_is_not_due_yet_waits(now):
    row = put(now, not_before=now + timedelta(minutes=30))
    assert outbox.deliver_some(now) == 0
    assert outbox.deliver_some(now + timedelta(minutes=30)) == 1
    row.refresh_from_db()
    assert row.state == "sent"


def test_people_outside_are_told_by_day_alone_but_for_what_cannot_wait(settings, now, gateway):
    settings.WUSHANG_SEND_HOURS = ((date(2000, 1, 1), (8 * 60, 20 * 60)), (date(2027, 1, 1), (9 * 60, 18 * 60)))
    settings.WUSHANG_MODE = "live"
    night = now + timedelta(hours=15, minutes=58)  # 2026-03-21 00:58 there
    reminder, code = put(night), put(night, any_hour=True)
    assert outbox.deliver_some(night) == 1 and len(gateway.got) == 1
    assert [Delivery.objects.get(pk=row.pk).state for row in (reminder, code)] == ["waiting", "sent"]
    assert outbox.deliver_some(night + timedelta(hours=7, minutes=1)) == 0  # 07:59
    assert outbox.deliver_some(night + timedelta(hours=7, minutes=2)) == 1 and len(gateway.got) == 2
    assert [hours.said(at) for at in (now, now + timedelta(days=400))] == ["08:00—20:00", "09:00—18:00"]
    settings.WUSHANG_MODE = "demo"
    put(night)
    assert outbox.deliver_some(night) == 1  # nobody outside gets it


def test_it_waits_longer_each_time_and_then_gives_up(settings, now, gateway):
    settings.WUSHANG_MODE, gateway.answer = "live", 503
    row = put(now)
    tries, at = [], now
    for _ in range(6):
        outbox.deliver_some(at)
        row.refresh_from_db()
        tries.append((row.state, row.attempts, (row.next_attempt - at).total_seconds() / 60))
        at = row.next_attempt
    assert [t[:2] for t in tries] == [("waiting", n) for n in range(1, 6)] + [("failed", 6)]
    assert [t[2] for t in tries[:5]] == [1, 5, 15, 60, 240]
    assert row.error == "短信网关答复 503"


def test_a_channel_that_breaks_is_told_and_holds_up_nobody(settings, now, gateway, monkeypatch):
    settings.WUSHANG_MODE = "live"
    broken, other = put(now), put(now)
    whole = outbox.channel

    def breaks_once(name):
        monkeypatch.setattr(outbox, "channel", whole)
        raise ZeroDivisionError

    monkeypatch.setattr(outbox, "channel", breaks_once)
    assert outbox.deliver_some(now) == 2
    broken.refresh_from_db()
    other.refresh_from_db()
    assert (broken.state, broken.attempts, broken.error) == ("waiting", 1, "发送时出错：ZeroDivisionError")
    assert other.state == "sent"


def test_a_refusal_for_good_is_not_tried_again(settings, now, gateway):
    settings.WUSHANG_MODE, gateway.answer = "live", 400
    row = put(now)
    outbox.deliver_some(now)
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("failed", 1)


def test_a_claimed_row_is_nobody_elses(now):
    row = put(now)
    assert outbox.claim(row.pk, now)
    assert outbox.claim(row.pk, now) == ""
    assert outbox.deliver_some(now) == 0


@pytest.mark.parametrize("died", ["before sending", "after sending"])
def test_a_worker_that_died_loses_nothing_and_doubles_nothing(monkeypatch, people, now, died):
    row = tell.department(now, people.zhanghaiyan.department, purpose="letter", title="题", text="文")

    class Killed(BaseException):
        pass

    def killed(*args):
        raise Killed

    monkeypatch.setattr(outbox, "send" if died == "before sending" else "succeed", killed)
    with pytest.raises(Killed):
        outbox.deliver_some(now)
    monkeypatch.undo()
    row.refresh_from_db()
    assert row.state == "claimed"
    assert outbox.deliver_some(now) == 0  # the lease still holds
    assert outbox.deliver_some(now + outbox.LEASE + timedelta(seconds=1)) == 1
    row.refresh_from_db()
    assert row.state == "delivered" and InboxItem.objects.count() == 1


def test_a_late_answer_of_a_worker_that_lost_its_lease_changes_nothing(now):
    row = put(now)
    holder = outbox.claim(row.pk, now)
    later = now + outbox.LEASE + timedelta(seconds=1)
    outbox.deliver_some(later)
    outbox.fail(Delivery.objects.get(pk=row.pk), holder, Unsent("迟了", again=True), later)
    row.refresh_from_db()
    assert row.state == "sent"


def test_a_telephone_code_goes_at_once_and_is_kept_sealed(world, now):
    from django.db import connection

    text, unit = "验证码 482913，5 分钟内有效。", world.cup.pk
    row = tell.phone("13812342016", text, now, of=unit, recipient="恒岳杯业", title="验证码")
    assert row.state == "sent" and PracticeMessage.objects.get().text == "验证码 482913，5 分钟内有效。"
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, address FROM warn_delivery")
        sealed = "".join(cursor.fetchone())
    assert "482913" not in sealed and "13812342016" not in sealed


def test_a_channel_outside_needs_its_day_of_force_except_in_practice(settings, people, now):
    assert tell.in_force("sms_http", now)
    settings.WUSHANG_MODE = "live"
    assert not tell.in_force("sms_http", now)
    StartDay.objects.create(name="channel:sms_http", day=date(2026, 3, 20), set_by="李建国", at=now)
    assert tell.in_force("sms_http", now)
    assert not tell.in_force("sms_http", now - timedelta(days=1))


def test_the_day_of_force_is_set_for_known_names_only(people, now):
    SetStartDay(people.system.actor, now, "push", date(2026, 3, 1)).do()
    SetStartDay(people.system.actor, now, "push", date(2026, 4, 1)).do()
    assert StartDay.objects.get().day == date(2026, 4, 1)
    with pytest.raises(Refused, match="没有“pigeon”这项"):
        SetStartDay(people.system.actor, now, "pigeon", date(2026, 3, 1)).do()


def test_a_waiting_message_can_be_taken_back_and_a_sent_one_cannot(world, people, now):
    row = put(now, not_before=now + timedelta(minutes=30), enterprise=world.cup)
    Withhold(people.wangli.actor, now, row, "内容有误，重新编发").do()
    assert outbox.deliver_some(now + timedelta(hours=1)) == 0
    sent = put(now, enterprise=world.cup)
    outbox.deliver_some(now)
    with pytest.raises(Refused, match="已经发出"):
        Withhold(people.wangli.actor, now, sent, "内容有误，重新编发").do()


@pytest.mark.parametrize("model", [InboxItem, PracticeMessage])
def test_what_was_delivered_in_the_house_is_kept_sealed_and_earlier_rows_are_sealed_by_the_migration(now, model):
    from importlib import import_module

    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    row, more = put(now), {"recipient": "某单位", "channel": "sms_http", "at": now}
    more = more if model is PracticeMessage else {"created": now}
    kept = model.objects.create(delivery=row, title="题", text="陈伟民已签收", **more)

    def held() -> str:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT text FROM {model._meta.db_table}")
            return cursor.fetchone()[0]

    assert held().startswith("aes1:") and model.objects.get().text == "陈伟民已签收"
    with connection.cursor() as cursor:  # as the rows stood before
        cursor.execute(f"UPDATE {model._meta.db_table} SET text = '陈伟民已签收'")
    before = MigrationLoader(connection).project_state(("warn", "0001_initial")).apps
    import_module("wushang.warn.migrations.0002_sealed_messages").seal(before, None)
    assert held().startswith("aes1:") and model.objects.get(pk=kept.pk).text == "陈伟民已签收"
