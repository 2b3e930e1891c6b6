from django.urls import path

from wushang.integrate import views
from wushang.integrate.lineage import views as lineage

app_name = "integrate"
urlpatterns = [
    path("pairs/", views.pairs, name="pairs"),
    path("pairs/<int:pk>/", views.pair, name="pair"),
    path("pairs/<int:pk>/same/", views.same, name="same"),
    path("pairs/<int:pk>/different/", views.different, name="different"),
    path("merges/", views.merges, name="merges"),
    path("merges/<int:pk>/undo/", views.undo_merge, name="undo_merge"),
    path("units/<int:pk>/split/", views.split, name="split"),
    path("splits/<int:pk>/undo/", views.undo_split, name="undo_split"),
    path("links/", views.links, name="links"),
    path("links/<int:pk>/", views.link, name="link"),
    path("links/<int:pk>/confirm/", views.confirm, name="confirm_link"),
    path("links/<int:pk>/refuse/", views.refuse_link, name="refuse_link"),
    path("links/<int:pk>/release/", views.release, name="release_link"),
    path("leads/", views.leads, name="leads"),
    path("leads/purpose/", views.purpose, name="leads_purpose"),
    path("leads/units/<int:enterprise>/", views.leads_of, name="leads_of"),
    path("leads/checks/<int:pk>/undo/", views.undo_check, name="undo_check"),
    path("leads/<slug:what>/<int:pk>/plain/", views.plain_lead, name="plain_lead"),
    path("leads/<slug:what>/<int:pk>/check/", views.look_into, name="check_lead"),
    path("lineage/units/<int:pk>/", lineage.unit, name="lineage_unit"),
    path("lineage/injuries/<int:pk>/", lineage.injury, name="lineage_injury"),
    path("lineage/rows/<slug:table>/<int:pk>/", lineage.row, name="lineage_row"),
    path("lineage/rows/<slug:table>/<int:pk>/plain/", lineage.plain, name="lineage_plain"),
    path("lineage/rows/<slug:table>/<int:pk>/correct/", lineage.correct, name="correct_row"),
]
