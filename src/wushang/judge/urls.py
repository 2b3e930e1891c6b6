from django.urls import path

from wushang.judge import views

app_name = "judge"
urlpatterns = [
    path("policies/", views.policies, name="policies"),
    path("policies/<int:pk>/", views.policy, name="policy"),
    path("policies/<int:pk>/draft/", views.draft, name="draft"),
    path("policies/<int:pk>/edit/", views.edit, name="edit"),
    path("policies/<int:pk>/approve/", views.approve, name="approve"),
    path("policies/<int:pk>/force/", views.force, name="force"),
    path("policies/<int:pk>/end/", views.end, name="end"),
    path("policies/<int:pk>/load/", views.load_part, name="load"),
    path("policies/<int:pk>/export/", views.export, name="export"),
    path("batches/<int:pk>/effect/", views.batch_effect, name="batch_effect"),
    path("findings/<int:pk>/", views.why_page, name="why"),
]
