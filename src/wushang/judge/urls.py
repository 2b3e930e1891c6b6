from django.urls import path

from wushang.judge import views
from wushang.judge.assessments.views import assessment, assessments, report_inputs
from wushang.judge.risk.views import risk, risk_file

app_name = "judge"
urlpatterns = [
    path("policies/", views.policies, name="policies"),
    path("policies/offer/", views.offer, name="offer"),
    path("policies/new/", views.hand_in, name="hand_in"),
    path("policies/<int:pk>/", views.policy, name="policy"),
    path("policies/<int:pk>/draft/", views.draft, name="draft"),
    path("policies/<int:pk>/edit/", views.edit, name="edit"),
    path("policies/<int:pk>/approve/", views.approve, name="approve"),
    path("policies/<int:pk>/force/", views.force, name="force"),
    path("policies/<int:pk>/end/", views.end, name="end"),
    path("policies/<int:pk>/load/", views.load_part, name="load"),
    path("policies/<int:pk>/backtest/", views.backtest_page, name="backtest"),
    path("policies/<int:pk>/difference/", views.difference_page, name="difference"),
    path("policies/<int:pk>/export/", views.export, name="export"),
    path("policies/<int:pk>/assessments/", assessments, name="assessments"),
    path("policies/<int:pk>/inputs/", report_inputs, name="report_inputs"),
    path("assessments/<int:pk>/", assessment, name="assessment"),
    path("near/", views.near_page, name="near"),
    path("lists/", views.lists, name="lists"),
    path("lists/<int:pk>/", views.policy_list, name="policy_list"),
    path("lists/<int:pk>/members.xlsx", views.policy_list_file, name="policy_list_file"),
    path("lists/<int:pk>/freeze/", views.freeze, name="policy_freeze"),
    path("lists/<int:pk>/leave-off/", views.leave_off, name="policy_leave_off"),
    path("lists/signed/<int:pk>/", views.frozen, name="frozen"),
    path("lists/signed/<int:pk>/members.xlsx", views.frozen_file, name="frozen_file"),
    path("ranking/", views.ranking, name="ranking"),
    path("signals/", views.signals, name="signals"),
    path("signals/<int:pk>/", views.signal, name="signal"),
    path("signals/<int:pk>/verify/", views.verify, name="signal_verify"),
    path("signals/<int:pk>/dismiss/", views.dismiss, name="signal_dismiss"),
    path("signals/<int:pk>/raise/", views.hand_on, name="signal_raise"),
    path("signals/<int:pk>/answer/", views.answer, name="signal_answer"),
    path("risk/", risk, name="risk"),
    path("risk/units.xlsx", risk_file, name="risk_file"),
    path("batches/<int:pk>/effect/", views.batch_effect, name="batch_effect"),
    path("findings/<int:pk>/", views.why_page, name="why"),
]
