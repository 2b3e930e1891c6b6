from django.urls import path

from wushang.warn.views import case, door, lists, outbox, papers

app_name = "warn"
urlpatterns = [
    path("", lists.warnings, name="warnings"),
    path("ledger/warnings.xlsx", lists.warnings_ledger, name="warnings_ledger"),
    path("ledger/deliveries.xlsx", lists.deliveries_ledger, name="deliveries_ledger"),
    path("<int:pk>/", case.warning, name="warning"),
    path("<int:pk>/letter/", case.edit, name="edit"),
    path("<int:pk>/number/", case.number, name="number"),
    path("<int:pk>/scan/", case.scan, name="scan"),
    path("<int:pk>/deliver/", case.deliver, name="deliver"),
    path("<int:pk>/do/<slug:act>/", case.do, name="do"),
    path("letter/<int:pk>/page/<int:page>.png", papers.page, name="page"),
    path("letter/<int:pk>/<slug:what>", papers.paper, name="paper"),
    path("file/<int:pk>/", papers.file, name="file"),
    path("receipt/<int:pk>/photo/", papers.photo, name="photo"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:pk>/withhold/", outbox.withhold, name="withhold"),
    path("push/<int:pk>/withdraw/", outbox.withdraw_push, name="withdraw_push"),
    path("outbox/start-day/", outbox.start_day, name="start_day"),
    path("practice/", outbox.practice, name="practice"),
    path("inbox/", outbox.inbox, name="inbox"),
    path("inbox/<int:pk>/read/", outbox.read, name="read"),
    path("door/<slug:code>/", door.door, name="door"),
]
