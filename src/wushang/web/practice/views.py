"""The page of exercises, in practice mode only."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.urls import reverse

from wushang.people.models import User
from wushang.people.page import signed_in
from wushang.web.demo.calendar import sendings
from wushang.web.demo.place import PASSWORD
from wushang.web.practice.exercises import EXERCISES, done_since


@signed_in
def practice(request):
    _only_in_practice()
    done, names = done_since(_begun()), dict(User.objects.values_list("username", "name"))
    rows = [
        {"title": e.title, "says": e.says, "who": names.get(e.who, e.who), "user": e.who, "url": reverse(e.url),
         "done": done.get(e.title)}
        for e in EXERCISES
    ]  # fmt: skip
    context = {"rows": rows, "count": len(done), "password": PASSWORD, "file": _held_back()}
    return render(request, "web/practice.html", context)


@signed_in
def practice_file(request):
    """The newest 工伤认定 file, which the replay left for the visitor."""
    _only_in_practice()
    path = _held_back()
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


def _only_in_practice() -> None:
    if settings.WUSHANG_MODE != "demo":
        raise Http404


def _held_back() -> Path | None:
    folder = Path(settings.WUSHANG_HOME) / "city"
    if not (folder / "truth" / "files.csv").exists():
        return None
    return [one.path for one in sendings(folder) if one.source == "injury_recognition"][-1]


def _begun() -> datetime:
    """When the replay was finished; before the first replay everything counts."""
    mark = Path(settings.WUSHANG_HOME) / "demo.done"
    return datetime.fromtimestamp(mark.stat().st_mtime if mark.exists() else 0, UTC)
