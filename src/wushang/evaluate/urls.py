"""/evaluate/…: re-checks waiting for a signature, one re-check, its signature; the volume (案卷) of a warning."""

from django.urls import path

from wushang.evaluate import views
from wushang.evaluate.volume import views as volumes

app_name = "evaluate"

urlpatterns = [
    path("", views.rechecks, name="rechecks"),
    path("<int:pk>/", views.recheck, name="recheck"),
    path("<int:pk>/sign/", views.sign, name="sign"),
    path("cases/<int:pk>/propose/", views.propose, name="propose"),
    path("volume/<int:pk>/", volumes.volume_page, name="volume"),
    path("volume/<int:pk>/download/", volumes.download, name="volume_download"),
    path("volume/<int:pk>/<slug:key>/", volumes.piece, name="volume_piece"),
]
