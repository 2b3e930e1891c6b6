from django.urls import path

from wushang.warn.views import acts, case, door, lists, outbox, papers, take_over

app_name = "warn"
urlpatterns = [
    path("", lists.warnings, name="warnings"),
    path("take-over/", take_over.take_over, name="take_over"),
    path("take-over/confirm/", take_over.confirm, name="take_over_confirm"),
    path("take-over/<int:pk>/undo/", take_over.undo, name="take_over_undo"),
    path("<int:pk>/", case.warning, name="warning"),
    path("<int:pk>/further/<int:letter>/", case.further, name="further"),
    path("<int:pk>/letter/", case.edit, name="edit"),
    path("<int:pk>/number/", case.number, name="number"),
    path("<int:pk>/scan/", case.scan, name="scan"),
    path("<int:pk>/deliver/", case.deliver, name="deliver"),
    path("<int:pk>/do/<slug:act>/", acts.do, name="do"),
    path("letter/<int:pk>/page/<int:page>.png", papers.page, name="page"),
    path("letter/<int:pk>/<slug:what>", papers.paper, name="paper"),
    path("file/<int:pk>/", papers.file, name="file"),
    path("receipt/<int:pk>/photo/", papers.photo, name="photo"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:pk>/withhold/", outbox.withhold, name="withhold"),
    path("outbox/<int:pk>/told/", outbox.told, name="told"),
    path("push/<int:pk>/withdraw/", outbox.withdraw_push, name="withdraw_push"),
    path("outbox/start-day/", outbox.start_day, name="start_day"),
    path("practice/", outbox.practice, name="practice"),
    path("inbox/", outbox.inbox, name="inbox"),
    path("inbox/read/", outbox.read_all, name="read_all"),
    path("inbox/<int:pk>/read/", outbox.read, name="read"),
    path("door/<slug:code>/", door.door, name="door"),
]
