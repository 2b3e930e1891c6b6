"""Hospital visits, disease cards and accidents as they stand in the ledger after landing."""

import json
from datetime import date

import pytest
from deliveries import CUP, claim, register
from engines import engine

from wushang.people.crypto import blind_index, mask_name
from wushang.pool import landing
from wushang.pool.models import Accident, Disease, EnterpriseVersion, Visit

ZHANG = "11010519491231002X"


def unit(name="云溪市恒岳杯业有限公司"):
    return EnterpriseVersion.objects.current().get(name=name).enterprise_id


@pytest.fixture
def tell(people, now, send):
    """Land rows of one told table in one commit: tell(Visit, {...}, …)."""

    def _tell(model, *rows):
        commit = landing.start("landing", "测试", people.wangli.actor, now)
        landing.load(commit, model, rows)
        landing.publish(commit, now)
        return commit

    return _tell


def _base(source, sender, key, firm, text):
    return {"source": source, "sender": sender, "key": key, "digest": key, "enterprise_id": firm, "employer_text": text, "region": "990100001"}


def visit(key, visited=date(2026, 3, 6), worker="张三丰", number=ZHANG, firm=None, text="恒岳杯业", **values):
    personal = {"worker": worker, "id_number": number}
    return _base("hospital_visits", "990100-health", key, firm, text) | {
        "number": key, "visited": visited, "worker_key": blind_index(number or ""), "masked_name": mask_name(worker),
        "personal": json.dumps(personal, ensure_ascii=False), "at_work": True, "facility": "云溪市第一人民医院", **values,
    }  # fmt: skip


def card(key, occurred=date(2026, 3, 6), worker="张三丰", number=ZHANG, firm=None, text="恒岳杯业", **values):
    personal = {"worker": worker, "id_number": number}
    return _base("occupational_diseases", "990100-health", key, firm, text) | {
        "number": key, "occurred": occurred, "disease": "01", "status": "confirmed", "worker_key": blind_index(number or ""),
        "masked_name": mask_name(worker), "personal": json.dumps(personal, ensure_ascii=False), **values,
    }  # fmt: skip


def accident(key, firm, occurred=date(2026, 3, 6), **values):
    return _base("safety_accidents", "990100-em", key, firm, "恒岳杯业") | {"number": key, "occurred": occurred, "minor": 1, **values}


@pytest.fixture
def cups(send):
    """恒岳杯业 in the register, with 张三丰 hurt there on 6 March 2026."""
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司"))
    send("Report", claim("1号", kind="machinery", hour=8))
    return unit()


__all__ = ["Accident", "Disease", "Visit", "accident", "card", "engine", "visit"]
