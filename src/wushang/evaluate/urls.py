"""/evaluate/…: re-checks waiting for a signature, one re-check, its signature."""

from django.urls import path

from wushang.evaluate import views

app_name = "evaluate"

urlpatterns = [
    path("", views.rechecks, name="rechecks"),
    path("<int:pk>/", views.recheck, name="recheck"),
    path("<int:pk>/sign/", views.sign, name="sign"),
    path("cases/<int:pk>/propose/", views.propose, name="propose"),
]
