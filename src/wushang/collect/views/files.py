"""What can be taken away: the 订正表, the original file, the sample of a source."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wushang.collect import papers, shelf
from wushang.collect.inforce import table_of
from wushang.collect.views.asked import batch_of, download
from wushang.people import audit
from wushang.people.page import allowed
from wushang.terms.problem import Refused


@allowed("collect.mend", "collect.confirm")
@require_safe
def corrections(request: HttpRequest, pk: int) -> HttpResponse:
    """订正表: goes back to the department that sent the rows; written down, because it holds personal cells."""
    found = batch_of(request, pk, "collect.mend", "collect.confirm")
    audit.write(request.actor, request.now, "collect.export", f"batch:{pk}", {"what": "corrections"})
    name = _("订正表 %(title)s %(number)s.xlsx") % {"title": found.title, "number": found.number}
    return download(papers.corrections(found), name)


@allowed("collect.mend", "collect.confirm")
@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    """看原文件: the very bytes that came, as they are read."""
    found = batch_of(request, pk, "collect.mend", "collect.confirm")
    audit.write(request.actor, request.now, "collect.export", f"batch:{pk}", {"what": "file", "digest": found.digest})
    return FileResponse(shelf.open_file(found.digest), as_attachment=True, filename=found.file_name, content_type="application/octet-stream",
                        headers={"Content-Length": str(found.size), "X-Content-Type-Options": "nosniff"})  # fmt: skip


@allowed("collect.see")
@require_safe
def sample(request: HttpRequest, source: str) -> HttpResponse:
    """样表."""
    try:
        found = table_of(source)
    except Refused as refused:
        raise Http404(str(refused)) from refused
    return download(papers.sample(found), _("样表 %(title)s.xlsx") % {"title": found.title})
