"""Each check is one file, and its proof is the test of that name."""

from pathlib import Path

import pytest

from wushang.collect import checks

HERE = Path(__file__).parent


@pytest.mark.parametrize("check", checks.every(), ids=lambda check: check.code)
def test_a_check_is_named_as_its_file_and_has_its_test(check):
    assert check.__name__.rpartition(".")[2] == check.code and check.title
    proof = HERE / f"test_{check.code}.py"
    assert proof.exists() and check.code in proof.read_text("utf-8")
