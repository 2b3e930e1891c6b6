import pytest

from wushang.integrate.land import Order, land
from wushang.integrate.proposing import propose_waiting


@pytest.fixture
def send(people, now):
    """Land rows of one kind, as the department that sends them: send("Report", row, …) → (commit, outcome)."""
    places = {"Report": ("injury_recognition", "990100-hrss"), "Headcount": ("insurance_monthly", "990100-agency"),
              "RegisterEntry": ("register", "990100-market"), "DiseaseHazard": ("disease_hazards", "990100-health")}  # fmt: skip

    def _send(lands, *rows, whole=(), alone=False, **order):
        source, sender = places[lands]
        done = land(Order(lands, source, sender, "测试", whole_periods=whole, **order), list(rows), people.wangli.actor, now)
        if not alone:
            propose_waiting(now)  # the worker's next duty
        return done

    return _send
