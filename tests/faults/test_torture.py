"""A thousand kills over two years of a larger city, within half an hour: `make torture`.

WUSHANG_TORTURE_KILLS, _SECONDS, _MONTHS, _ENTERPRISES and _SEED set it otherwise.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from faults.conftest import Warm
from faults.test_sigkill import EVERY_KIND, undisturbed_and_killed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.torture]


def setting(name: str, default: int) -> int:
    return int(os.environ.get(f"WUSHANG_TORTURE_{name}", default))


def test_nothing_is_lost_and_nothing_doubled_by_a_thousand_kills(warm: Warm, tmp_path: Path) -> None:
    kills, seconds = setting("KILLS", 1000), setting("SECONDS", 1500)
    killed = undisturbed_and_killed(
        warm, tmp_path, setting("ENTERPRISES", 60), setting("MONTHS", 24), kills, setting("SEED", 1), seconds
    )
    assert killed["kills"] == kills or killed["seconds"] >= seconds, killed["kills"]
    for phases in EVERY_KIND:
        assert sum(killed["fell"].get(name, 0) for name in phases) >= killed["kills"] / 50, (sorted(phases), killed["fell"])
