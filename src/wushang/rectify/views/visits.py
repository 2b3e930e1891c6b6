"""今日走访 on the township officer's telephone: where to go, hand over with a photo, record, hand back."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wushang.people import audit
from wushang.people.page import allowed
from wushang.rectify import in_scope, photos
from wushang.rectify.deeds.record_visit import RecordVisit
from wushang.rectify.models import Visit
from wushang.rectify.views.answers import run
from wushang.rectify.visits import Stop, stops, yesterday
from wushang.rectify.words import said_day
from wushang.warn.deeds.register_delivery import RegisterDelivery
from wushang.warn.units import visible

ACTS = {"delivery": gettext_lazy("送达拍照"), "site": gettext_lazy("拍照"), "contact": gettext_lazy("核实")}


@allowed("rectify.visit")
def visits(request: Any) -> HttpResponse:
    rows = stops(request.user, request.scope, request.today)
    late = sum(1 for stop in rows if stop.due and stop.due < request.today)
    headline = _("今天走 %(n)d 家") % {"n": len({stop.enterprise for stop in rows})}
    if late:
        headline += _("，%(n)d 家已逾期") % {"n": late}
    if any(stop.phone for stop in rows):  # whole numbers are on the page, to be called
        audit.write(request.actor, request.now, "pool.contacts", "visits", {"enterprises": [s.enterprise for s in rows]})
    department = request.user.department
    return render(request, "web/phone/visits.html", {
        "place": department.short_name if department else "",
        "today": request.today,
        "headline": headline if rows else _("今天没有要走访的单位"),
        "says": _("按期限排好。") if rows else "",
        "visits": [_shown(request, stop) for stop in rows],
        "return_says": _("退回后由转出人或经办人改派。"),
        "yesterday": _yesterday(request),
        "tabs": _tabs(),
    })  # fmt: skip


def _shown(request: Any, stop: Stop) -> dict[str, Any]:
    place = [stop.enterprise, stop.kind]
    record = reverse("rectify:visit", args=place)
    return {
        "level": stop.warning.level if stop.warning else "", "kind": stop.title, "due": stop.due, "name": stop.unit.name,
        "url": reverse("warn:warning", args=[stop.warning.pk]) if stop.warning else record,
        "map_url": f"geo:0,0?q={quote(stop.unit.name)}",  # the telephone opens its own map
        "phone_url": f"tel:{stop.phone}" if stop.phone and request.scope.may("pool.contacts") else "",
        "act": {"title": ACTS.get(stop.kind, _("记录")), "url": record},
        "record_url": record, "return_url": reverse("rectify:visit_return", args=place),
    }  # fmt: skip


def _tabs() -> list[dict[str, Any]]:
    return [
        {"title": _("今日走访"), "url": reverse("rectify:visits"), "active": True},
        {"title": _("待办"), "url": "/"},
        {"title": _("转办件"), "url": reverse("rectify:referrals")},
        {"title": _("录入工伤"), "url": reverse("collect:hand")},
    ]


def _yesterday(request: Any) -> str:
    seen = yesterday(request.user, request.today)
    if not seen["all"]:
        return ""
    return _("走访 %(all)d 家，送达 %(delivered)d 家，%(nobody)d 家门关未遇。") % seen


def _stop(request: Any, enterprise: int, kind: str) -> Stop:
    """One of today's stops; others are answered like ones that do not exist."""
    found = (s for s in stops(request.user, request.scope, request.today) if (s.enterprise, s.kind) == (enterprise, kind))
    stop = next(found, None)
    if stop is None:
        raise Http404
    return stop


@allowed("rectify.visit")
def record(request: Any, enterprise: int, kind: str) -> HttpResponse:
    """送达拍照 and 走访记录: photos, what was seen, or that nobody was there."""
    stop = _stop(request, enterprise, kind)
    if request.method == "POST" and _save(request, stop):
        return redirect("rectify:visits")
    due = _("%(day)s前") % {"day": said_day(stop.due)} if stop.due else ""
    return render(request, "rectify/phone/visit.html", {
        "stop": stop, "title": stop.title, "says": due, "text": request.POST.get("record", ""),
        "person": request.POST.get("person", ""), "back_url": reverse("rectify:visits"),
    })  # fmt: skip


def _save(request: Any, stop: Stop) -> bool:
    sent = [file.read(photos.LARGEST + 1) for file in request.FILES.getlist("photos")]
    result, text = request.POST.get("result", "done"), request.POST.get("record", "")
    if stop.kind == "delivery" and result == "done" and not _hand_over(request, stop, sent):
        return False
    deed = RecordVisit(
        request.actor, request.now, stop.warning.enterprise if stop.warning else stop.unit.enterprise, stop.kind, result, text,
        sent, stop.warning, stop.referral,
    )  # fmt: skip
    done = _("已记录门关未遇，明天还在清单里。") if result == "nobody" else _("已记录。")
    return run(request, deed, done)


def _hand_over(request: Any, stop: Stop, sent: list[bytes]) -> bool:
    """当面送达 with its photo: the warning's own deed."""
    if stop.warning is None or stop.warning.state not in ("issued", "delivered", "acknowledged"):
        return True
    unit = request.user.department
    deed = RegisterDelivery(
        request.actor, request.now, stop.warning, "in_person", request.today, person=request.POST.get("person", ""),
        handed_by=f"{request.user.name}（{unit.short_name}）" if unit else request.user.name, photo=sent[0] if sent else b"",
    )  # fmt: skip
    return run(request, deed, _("已登记送达。"))


@allowed("rectify.visit")
@require_POST
def send_back(request: Any, enterprise: int, kind: str) -> HttpResponse:
    stop = _stop(request, enterprise, kind)
    deed = RecordVisit(
        request.actor, request.now, stop.unit.enterprise, stop.kind, "not_ours", request.POST.get("reason", ""),
        warning=stop.warning, referral=stop.referral,
    )  # fmt: skip
    run(request, deed, _("已退回，由转出人或经办人改派。"))
    return redirect("rectify:visits")


@allowed("rectify.see")
def photo(request: Any, pk: int, n: int) -> HttpResponse:
    """The n-th photo of a visit."""
    found = in_scope.one(Visit.objects.filter(enterprise__in=visible(request.scope, "rectify.see")), pk)
    if not 0 <= n < len(found.photos):
        raise Http404
    said = found.photos[n]
    kept = photos.kept(said["sha256"], said["kind"])
    if kept is None:
        raise Http404
    return FileResponse(kept, content_type=photos.MIME[said["kind"]])
