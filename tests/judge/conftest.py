"""A small sound policy of an invented town, for tests that break it."""

import pytest
from judge.town import Town

PACK = """\
id: a-town-policy
title: 甲镇规则
issuer: 甲局
area: "620724"
subject: enterprise
run: [on_injury, daily]
since: 2025-01-01
checked_on: 2026-11-22
source: {title: 甲文件}
parameters:
  two:
    title: 橙色起点
    unit: 起
    values:
      2025-01-01: {value: 2, clause: 发生2起以上}
  three:
    title: 红色起点
    unit: 起
    values:
      2025-01-01: {value: 3, clause: 发生3起以上}
measures:
  events: {measure: injury_events}
  hazards: {measure: disease_hazards, window: open}
outcomes:
  - {level: red, when: events >= three, then: [interview], clause: 发生3起以上}
  - {level: orange, when: events >= two or hazards > 0, then: [interview], clause: 发生2起以上或存在隐患}
none_when: events < two and hazards == 0
case:
  red: {issuer: hrss, addressees: [enterprise]}
  orange:
    issuer: hrss
    addressees: [enterprise]
    clocks:
      report: {length: 30 days, from: delivered, clause: 30日内}
examples:
  - {name: 两起, given: {events: 2, hazards: 0}, expect: orange}
"""


@pytest.fixture
def pack_text() -> str:
    return PACK


@pytest.fixture
def town(people, now) -> "Town":
    """云溪市 with three units: 恒岳杯业 and 石塘门业 confirmed, 无名作坊 provisional; one more lies in another county."""
    return Town(people, now)
