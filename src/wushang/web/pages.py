"""The top floor's own addresses: sign-in, the desk, what crosses stages."""

from django.urls import path

from wushang.people import views as people

urlpatterns = [
    path("sign-in/", people.SignIn.as_view(), name="sign_in"),
    path("sign-out/", people.sign_out, name="sign_out"),
]
