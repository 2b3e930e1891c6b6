"""The packs that the platform ships (`policies/<place>/<name>.yaml`): offered as rows, never put in force by us."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from wushang.judge.models import PolicyVersion


def files() -> Iterator[tuple[str, str]]:
    """Name ('gaotai/graded_warning') and text of each shipped pack."""
    folder = Path(settings.WUSHANG_POLICIES)
    for file in sorted(folder.rglob("*.yaml")):
        yield file.relative_to(folder).with_suffix("").as_posix(), file.read_bytes().decode("utf-8")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def not_taken(region: str) -> list[str]:
    """The names of shipped packs whose text no version of the region has: new ones, or newer ones, since they were last taken."""
    known = set(PolicyVersion.objects.filter(region=region).values_list("digest", flat=True))
    return [name for name, text in files() if digest(text) not in known]
