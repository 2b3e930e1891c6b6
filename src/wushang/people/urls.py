from django.urls import path

from wushang.people import views

app_name = "people"
urlpatterns = [
    path("password/", views.change_password, name="password"),
    path("hand-over/", views.hand_over, name="hand_over"),
    path("hand-over/<int:pk>/confirm/", views.confirm_hand_over, name="confirm_hand_over"),
    path("accounts/", views.accounts, name="accounts"),
    path("audit/", views.audit_log, name="audit"),
]
