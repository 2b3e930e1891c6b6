import pytest

from wushang.integrate.land import Order, land


@pytest.fixture
def send(people, now):
    """Land rows of one kind, as the department that sends them: send("Report", row, …) → (commit, outcome)."""
    places = {"Report": ("injury_recognition", "990100-hrss"), "Headcount": ("insurance_monthly", "990100-agency"),
              "RegisterEntry": ("register", "990100-market"), "DiseaseHazard": ("disease_hazards", "990100-health")}  # fmt: skip

    def _send(lands, *rows, whole=(), **order):
        source, sender = places[lands]
        return land(Order(lands, source, sender, "测试", whole_periods=whole, **order), list(rows), people.wangli.actor, now)

    return _send
