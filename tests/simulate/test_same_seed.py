from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from wushang.simulate.city import write


def prints(directory: Path) -> dict[str, str]:
    files = sorted(p for p in directory.rglob("*") if p.is_file())
    return {str(p.relative_to(directory)): sha256(p.read_bytes()).hexdigest() for p in files}


def made(directory: Path, seed: int) -> dict[str, str]:
    write(directory, enterprises=40, months=6, seed=seed, until=date(2026, 10, 31))
    return prints(directory)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_gives_others(tmp_path: Path) -> None:
    first, again, other = made(tmp_path / "a", 1), made(tmp_path / "b", 1), made(tmp_path / "c", 2)
    assert first == again
    assert any(name.endswith(".xlsx") for name in first)
    alike = {"regions.csv", "departments.csv", "outline.json", "truth/cards.csv"}  # a small city may have no disease
    for name in first.keys() & other.keys() - alike:
        assert first[name] != other[name], name


def test_a_city_too_small_to_have_every_trade_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="至少需要 20 家单位"):
        write(tmp_path, enterprises=5, months=24)


def test_a_city_of_few_months_lacks_the_files_that_come_by_the_quarter(tmp_path: Path) -> None:
    write(tmp_path, enterprises=30, months=4, seed=5, until=date(2026, 8, 31))
    assert not list((tmp_path / "卫健局").glob("*季度*")) and list((tmp_path / "税务局").glob("*"))
