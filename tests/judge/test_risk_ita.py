"""The risk model on the public injury file of the United States: the figures of `wushang bench judge.risk_ita`."""

from pathlib import Path

import pytest

from wushang.web.bench import risk_ita

DATA = Path(__file__).parents[3] / "shared/data"


@pytest.mark.once
def test_2025_is_foretold_better_than_by_shrinkage(monkeypatch) -> None:
    monkeypatch.setenv("WUSHANG_BENCH_DATA", str(DATA))
    if not risk_ita.path().exists():
        pytest.skip("the public injury file is not beside this project (../shared/data)")
    found = risk_ita.scored("2025")
    assert found.deviance <= 2.60 and found.baseline == pytest.approx(2.84, abs=0.02)
    assert found.gain.interval.low > 0.15 and found.caught >= 0.45 and 0.88 <= found.held <= 0.92
