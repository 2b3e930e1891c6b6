"""案卷: its contents on a page, one piece of it, all of it as one archive. Every opening and download is in the audit log."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wushang.evaluate.volume import box
from wushang.evaluate.volume.order import VERB, Volume, may_open, volume
from wushang.people import audit
from wushang.people.page import allowed
from wushang.rectify import in_scope
from wushang.rectify.plan_files import MIME
from wushang.warn import shown
from wushang.warn.models import Warning

READ_IN_PLACE = ("pdf", "jpg", "png", "webp")


def _held(request: Any, pk: int) -> Warning:
    """The warning, or 404 where it does not exist or lies outside one of the rights."""
    found = in_scope.one(shown.warnings(request.scope, VERB), pk)
    if not may_open(request.scope, found):
        raise Http404
    return found


@allowed(VERB)
@require_safe
def volume_page(request: Any, pk: int) -> HttpResponse:
    held = _held(request, pk)
    return render(request, "evaluate/volume.html", {"warning": held, "volume": volume(held, request.scope)})


@allowed(VERB)
@require_safe
def piece(request: Any, pk: int, key: str) -> HttpResponse:
    """One piece: shown where a browser can show it, else downloaded."""
    held = volume(_held(request, pk), request.scope)
    found = held.find(key)
    if found is None:
        raise Http404
    place, one = found
    try:
        data = one.make()
    except OSError as gone:
        raise Http404 from gone
    audit.write(
        request.actor,
        request.now,
        VERB,
        f"warning:{pk}",
        {"what": str(one.title), "digest": hashlib.sha256(data).hexdigest()},
    )
    answer = HttpResponse(data, content_type=MIME.get(one.ending, "application/octet-stream"))
    answer["Content-Disposition"] = content_disposition_header(one.ending not in READ_IN_PLACE, one.name(place))
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@allowed(VERB)
@require_safe
def download(request: Any, pk: int) -> Any:
    """The whole volume, once the case has ended."""
    held = volume(_held(request, pk), request.scope)
    if held.ended is None:
        messages.error(request, _("本件还在办理，办结后才能立卷下载。"))
        return redirect("evaluate:volume", pk=pk)
    packed, pieces = box.pack(held, request.user.name, request.now)
    _log(request, held, packed, len(pieces))
    answer = FileResponse(packed, as_attachment=True, filename=box.name(held), content_type="application/zip")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _log(request: Any, held: Volume, packed: Any, pieces: int) -> None:
    digest = hashlib.file_digest(packed, "sha256").hexdigest()
    packed.seek(0)
    audit.write(
        request.actor,
        request.now,
        VERB,
        f"warning:{held.warning}",
        {"what": _("全卷"), "items": pieces, "digest": digest},
    )
