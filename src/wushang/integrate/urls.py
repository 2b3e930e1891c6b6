from django.urls import path

from wushang.integrate import views

app_name = "integrate"
urlpatterns = [
    path("pairs/", views.pairs, name="pairs"),
    path("pairs/<int:pk>/", views.pair, name="pair"),
    path("pairs/<int:pk>/same/", views.same, name="same"),
    path("pairs/<int:pk>/different/", views.different, name="different"),
    path("merges/", views.merges, name="merges"),
    path("merges/<int:pk>/undo/", views.undo_merge, name="undo_merge"),
]
