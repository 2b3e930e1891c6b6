"""A foreign key points up the house, as an import does; a linter does not see keys that are written as text."""

import pytest
from django.apps import apps
from django.conf import settings

HOUSE = [*settings.ROOMS, "web"]


def keys() -> list[tuple[str, str, str, str]]:
    """(room, model, field, room it points at) of every key between our models."""
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in HOUSE]
    fields = [(m, f) for m in models for f in m._meta.get_fields() if f.concrete and f.is_relation]
    return [
        (m._meta.app_label, m.__name__, f.name, f.related_model._meta.app_label)
        for m, f in fields
        if f.related_model._meta.app_label in HOUSE
    ]


def test_there_are_keys_between_rooms_to_look_at():
    assert ("warn", "Warning", "finding", "judge") in keys()


@pytest.mark.parametrize(("room", "model", "field", "target"), keys())
def test_a_key_points_up(room, model, field, target):
    assert HOUSE.index(target) <= HOUSE.index(room), f"{room}.{model}.{field} points down at {target}"
