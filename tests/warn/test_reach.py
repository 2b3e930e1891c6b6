"""Whom a message reaches: valid numbers, the head first, those of units merged into this one too."""

from __future__ import annotations

from datetime import date

import pytest

from wushang.pool.models import Contact
from wushang.warn import judged, tell

pytestmark = pytest.mark.django_db


def test_the_contact_of_a_merged_unit_reaches_the_one_that_kept_its_records(world, now):
    merged = world.enterprise("云溪市恒悦杯业有限公司", uscc="", merged_into_id=world.cup.pk)
    Contact.objects.create(enterprise=merged, role="handler", name="王芳", phone="13800001111", source="镇街核实", added=now)
    assert tell.reachable(world.cup).name == "王芳"
    world.contact()
    assert tell.reachable(world.cup).name == "陈伟民"  # the head before the handler


def test_an_invalid_number_reaches_nobody(world):
    world.contact(invalid_since=date(2026, 3, 1))
    assert tell.reachable(world.cup) is None


def test_a_letter_quotes_the_document_by_its_name(world):
    assert judged.basis_said(world.finding("yellow")) == "《高台县“黄橙红”分级预警监管机制》"


def told(world, now, purpose: str) -> list[tuple[str, str]]:
    rows = tell.enterprise(now, world.cup, "云溪市恒岳杯业有限公司", purpose=purpose, title="《风险提示函》", text="请签收。")
    return [(row.channel, row.address) for row in rows]


def test_a_letter_reaches_the_head_and_the_handler_an_injury_the_head_alone(world, now):
    world.contact()
    world.contact(role="handler", name="王芳", phone="13912340088")
    world.contact(role="handler", name="旧人", phone="13700000000", verified=None, invalid_since=date(2026, 3, 1))
    assert told(world, now, "letter") == [("sms_http", "13812342016"), ("sms_http", "13912340088")]
    assert told(world, now, "notice") == [("sms_http", "13812342016"), ("sms_http", "13912340088")]
    assert told(world, now, "push") == [("sms_http", "13812342016")]


def test_one_telephone_of_both_rings_once_and_a_landline_gets_no_short_message(world, now):
    world.contact()
    world.contact(role="handler", name="王芳")
    assert told(world, now, "letter") == [("sms_http", "13812342016")]
    Contact.objects.all().delete()
    world.contact(phone="0579-87654321")
    assert told(world, now, "letter") == [("by_hand", "")]
