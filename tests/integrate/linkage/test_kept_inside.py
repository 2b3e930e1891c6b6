"""疑似未申报 is for the section head alone: no room that writes to units, pushes or publishes knows of it."""

from pathlib import Path

import pytest

import wushang
from wushang.integrate.models import LeadCheck, Link, LinkModel, LinkRun
from wushang.people.load import roles
from wushang.people.models import Role
from wushang.pool.publishers import publications

SOURCE = Path(wushang.__file__).parent
WORDS = ("integrate.leads", "integrate import leads", "integrate.recapture", "import recapture", "LeadCheck", "see_leads")
# A line on an officer's screen beside a claimed fall, for who may see such leads (N7); nothing of it is kept or sent.
ON_A_SCREEN = {"evaluate/beneath/of_unit.py"}


@pytest.mark.parametrize("room", ["pool", "analyse", "judge", "warn", "rectify", "evaluate"])
def test_no_room_below_the_leads_or_that_writes_to_units_reads_them(room):
    found = {
        str(path.relative_to(SOURCE))
        for path in (SOURCE / room).rglob("*.py")
        if any(word in path.read_text(encoding="utf-8") for word in WORDS)
    }
    assert found - ON_A_SCREEN == set()


def test_nothing_of_it_is_published_to_the_snapshot():
    published = {publication.rows().model for publication in publications().values()}
    assert published and not published & {Link, LeadCheck, LinkModel, LinkRun}


@pytest.mark.django_db
def test_its_verb_ships_with_the_section_head_alone():
    roles()
    assert [role.code for role in Role.objects.all() if "integrate.see_leads" in role.verbs] == ["section_head"]
