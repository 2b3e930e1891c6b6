"""日志审计: who did what, when; filters stay in the address, the export gives what is seen."""

from datetime import datetime, time, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.people import audit, audit_sheet
from wushang.people.audit_words import lines, vias
from wushang.people.models import AuditEntry
from wushang.people.page import allowed, day_of

MOST = 100_000  # rows of one export; a sheet of WPS holds a million, a person reads fewer


@allowed("people.audit")
def audit_log(request):
    page = Paginator(_asked(request), 50).get_page(request.GET.get("page"))
    page.pages_near = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    last = AuditEntry.objects.exclude(sequence=None).order_by("-sequence").first()
    context = {
        "page": page, "lines": lines(page.object_list), "asked": request.GET, "vias": vias(), "last": last,
        "unsealed": AuditEntry.objects.filter(sequence=None).count(), "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "people/audit.html", context)


@allowed("people.audit")
def audit_export(request):
    found = _asked(request)
    if found.count() > MOST:
        said = _("一次最多导出 %(n)d 行，请按日期分段导出。") % {"n": MOST}
        return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")
    audit.write(request.actor, request.now, "people.audit_export", "audit:", {"filters": request.GET.urlencode()})
    made = audit_sheet.written(lines(found), str(request.user.department or ""), request.user.name, request.today)
    response = HttpResponse(made, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response["Content-Disposition"] = f'attachment; filename="audit-{request.today}.xlsx"'
    return response


def _asked(request: HttpRequest):
    """Entries by the filters of the address, the newest first."""
    found, asked = AuditEntry.objects.order_by("-pk"), request.GET
    for name in ("name", "verb", "subject"):
        if text := asked.get(name, "").strip():
            found = found.filter(**{f"{name}__icontains": text})
    if asked.get("via") in vias():
        found = found.filter(via=asked["via"])
    if start := day_of(asked, "from"):
        found = found.filter(at__gte=_midnight(start))
    if end := day_of(asked, "to"):
        found = found.filter(at__lt=_midnight(end + timedelta(days=1)))
    return found.filter(detail__refused=True) if asked.get("refused") else found


def _midnight(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
