from types import SimpleNamespace

import pytest
from rectify.place import Place


@pytest.fixture
def place(people: SimpleNamespace, now) -> Place:
    return Place(people, now)
