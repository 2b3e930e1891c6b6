"""What is shown when a request fails: the plain page, or that the disk is full; a machine gets the same as JSON."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushang.terms import disk
from wushang.terms.problem import Problem

NO_ROOM = 507  # Insufficient Storage


def failed(request: HttpRequest) -> HttpResponse:
    """Django's handler500: called while the error is at hand."""
    full = disk.is_full(sys.exc_info()[1])
    status = NO_ROOM if full else 500
    if request.path.startswith("/api/"):
        why, remedy = _("这一步没有办成，没有保存。"), _("已记入运行日志；请稍后再试，仍不成功请联系运行管理员。")
        problem = disk.FULL if full else Problem("failed", "", "", why, remedy)
        return JsonResponse(problem.to_json() | {"also": []}, status=status)
    return render(None, "507.html" if full else "500.html", status=status)  # type: ignore[arg-type]
