"""Addresses of the ways in, below /collect/."""

from django.urls import path

from wushang.collect.views import hand, machines, pulls, uploading

urlpatterns = [
    path("machines/", machines.machines, name="machines"),
    path("machines/new/", machines.issue_token, name="issue_token"),
    path("machines/<int:pk>/revoke/", machines.revoke_token, name="revoke_token"),
    path("<int:pk>/cancel/", uploading.cancel, name="cancel"),
    path("hand/", hand.entry, name="hand"),
    path("hand/units/", hand.units, name="hand_units"),
    path("hand/<int:pk>/", hand.done, name="hand_done"),
    path("pulls/", pulls.pulls, name="pulls"),
    path("pulls/new/", pulls.add, name="add_pull"),
    path("pulls/<int:pk>/<slug:act>/", pulls.act, name="act_on_pull"),
]
