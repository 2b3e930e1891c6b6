from django.urls import path

from wushang.collect import views

app_name = "collect"
urlpatterns = [
    path("", views.batches, name="batches"),
    path("upload/", views.upload, name="upload"),
    path("samples/<slug:source>.xlsx", views.sample, name="sample"),
    path("<int:pk>/", views.batch, name="batch"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/file/", views.file, name="file"),
    path("<int:pk>/corrections.xlsx", views.corrections, name="corrections"),
    path("<int:pk>/differences.xlsx", views.differences, name="differences"),
    path("<int:pk>/rows/<int:row>/", views.row, name="row"),
    path("<int:pk>/rows/<int:row>/<slug:act>/", views.settle, name="settle"),
    path("<int:pk>/suggestions/", views.take_suggestions, name="suggestions"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
