"""上传 with its progress: where the page goes next, told to the script that sends; and 取消."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.collect.deeds.cancel_upload import UNCHECKED, CancelUpload
from wushang.collect.models import Batch
from wushang.collect.place import batches_in
from wushang.people.page import allowed
from wushang.terms.problem import Refused


def told(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A redirect answered as data where a script asks (X-Upload): it follows by itself and no message is lost."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.headers.get("X-Upload") and response.status_code == 302:
            return JsonResponse({"to": response["Location"]})
        return response

    return answered


def may_cancel(request: Any, batch: Batch) -> bool:
    return batch.state in UNCHECKED and batch.received_by == request.actor.name and request.scope.may("collect.upload")


@allowed("collect.upload")
@require_POST
def cancel(request: Any, pk: int) -> HttpResponse:
    """The upload ends and leaves nothing."""
    found = get_object_or_404(batches_in(request.scope, "collect.upload"), pk=pk)
    try:
        CancelUpload(request.actor, request.now, found).do()
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}{refused.problem.remedy}")
        return redirect("collect:batch", pk=pk)
    messages.success(request, _("已取消上传，什么都没有留下。"))
    return redirect("collect:batches")
