from django.urls import path

from wushang.people import views

app_name = "people"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("password/", views.change_password, name="password"),
    path("forget/", views.forget, name="forget"),
    path("hand-over/", views.hand_over, name="hand_over"),
    path("hand-over/<int:pk>/", views.paper, name="hand_over_paper"),
    path("hand-over/<int:pk>/confirm/", views.confirm_hand_over, name="confirm_hand_over"),
    path("hand-over/<int:pk>/recall/", views.recall_hand_over, name="recall_hand_over"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/new/", views.create_account, name="create_account"),
    path("accounts/places/", views.places, name="places"),
    path("accounts/roles/", views.roles, name="roles"),
    path("accounts/roles/<slug:code>/", views.role, name="role"),
    path("accounts/places/region/", views.region, name="region_new"),
    path("accounts/places/region/<str:code>/", views.region, name="region"),
    path("accounts/places/department/", views.department, name="department_new"),
    path("accounts/places/department/<str:code>/", views.department, name="department"),
    path("accounts/places/map/", views.area_map, name="map"),
    path("accounts/places/change/", views.change, name="region_change"),
    path("accounts/<int:pk>/", views.account, name="account"),
    path("accounts/<int:pk>/reset/", views.reset_password, name="reset_password"),
    path("accounts/<int:pk>/deactivate/", views.deactivate, name="deactivate"),
    path("accounts/<int:pk>/reactivate/", views.reactivate, name="reactivate"),
    path("accounts/<int:pk>/lift-lock/", views.lift_lock, name="lift_lock"),
    path("accounts/posts/<int:pk>/end/", views.end_appointment, name="end_appointment"),
    path("audit/", views.audit_log, name="audit"),
    path("audit/export/", views.audit_export, name="audit_export"),
]
