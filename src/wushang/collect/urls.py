from django.urls import path

from wushang.collect.views import alike, calendar, deciding, files, listing, mapping, result, rows, sources
from wushang.collect.ways import urls as ways

app_name = "collect"
urlpatterns = [
    path("", listing.batches, name="batches"),
    path("waiting/", listing.waiting, name="waiting"),
    path("upload/", listing.upload, name="upload"),
    *ways.urlpatterns,
    path("samples/<slug:source>.xlsx", files.sample, name="sample"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/urge/", calendar.urge, name="urge"),
    path("calendar/due/", calendar.set_due_day, name="set_due_day"),
    path("sources/", sources.sources, name="sources"),
    path("sources/adopt/", sources.adopt, name="adopt"),
    path("sources/<slug:name>/", sources.source, name="source"),
    path("sources/<slug:name>/<int:pk>.yaml", sources.text, name="source_text"),
    path("<int:pk>/", result.batch, name="batch"),
    path("<int:pk>/progress/", result.progress, name="progress"),
    path("<int:pk>/file/", files.file, name="file"),
    path("<int:pk>/corrections.xlsx", files.corrections, name="corrections"),
    path("<int:pk>/differences.xlsx", result.differences, name="differences"),
    path("<int:pk>/rows/<int:row>/", rows.row, name="row"),
    path("<int:pk>/rows/<int:row>/<slug:act>/", rows.settle, name="settle"),
    path("<int:pk>/alike/<slug:act>/", alike.settle_alike, name="alike"),
    path("<int:pk>/corrections/", alike.take_corrections, name="take_corrections"),
    path("<int:pk>/mapping/", mapping.mapping, name="mapping"),
    path("<int:pk>/confirm/", deciding.confirm, name="confirm"),
    path("<int:pk>/withdraw/", deciding.withdraw, name="withdraw"),
]
