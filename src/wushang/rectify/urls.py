"""/rectify/…: the enterprise's pages under e/<token>/, the office's, the township's."""

from django.urls import path

from wushang.rectify.views import cases, corrections, door, hand_back, lists, phone, plan, referrals, report, visits

app_name = "rectify"
UNIT = "e/<str:token>/<int:warning>/"

urlpatterns = [
    path("e/<str:token>/", door.door, name="door"),
    path(UNIT, phone.home, name="home"),
    path(f"{UNIT}acknowledge/", phone.acknowledge, name="acknowledge"),
    path(f"{UNIT}letter/", phone.letter, name="letter"),
    path(f"{UNIT}letter/<int:pk>/", phone.letter, name="letter_file"),
    path(f"{UNIT}letters/", phone.letters, name="letters"),
    path(f"{UNIT}correction/", phone.correction, name="correction"),
    path(f"{UNIT}plan/", plan.plan, name="plan"),
    path(f"{UNIT}plan/<int:pk>/", plan.file, name="plan_file"),
    path(f"{UNIT}report/<int:number>/", report.report, name="report"),
    path(f"{UNIT}save/<int:number>/", report.save, name="save"),
    path(f"{UNIT}photo/<int:pk>/", report.photo, name="photo"),
    path(f"{UNIT}ask-head/", report.ask_head, name="ask_head"),
    path(f"{UNIT}confirm/", report.confirm, name="confirm"),
    path(f"{UNIT}hand-back/", hand_back.hand_back, name="hand_back"),
    path("cases/<int:pk>/", cases.case, name="case"),
    path("cases/<int:pk>/do/<str:act>/", cases.do, name="do"),
    path("cases/<int:pk>/return/", cases.send_back, name="return"),
    path("cases/<int:pk>/interview/", cases.interview, name="interview"),
    path("cases/<int:pk>/enforcement/", cases.enforcement, name="enforcement"),
    path("cases/<int:pk>/plan/<str:act>/", plan.review, name="review_plan"),
    path("plans/<int:pk>/", plan.office_file, name="office_plan_file"),
    path("photos/<int:pk>/", cases.photo, name="office_photo"),
    path("warnings/<int:pk>/refer/", referrals.refer, name="refer"),
    path("warnings/<int:pk>/slip/", cases.slip, name="slip"),
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals/<int:pk>/", referrals.referral, name="referral"),
    path("referrals/<int:pk>/do/<str:act>/", referrals.do, name="referral_do"),
    path("referrals/<int:pk>/reassign/", referrals.reassign, name="reassign"),
    path("reports/", lists.reports, name="reports"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/<int:pk>/answer/", corrections.answer, name="answer_correction"),
    path("corrections/<int:pk>/return/", corrections.send_back, name="return_correction"),
    path("visits/", visits.visits, name="visits"),
    path("visits/<int:enterprise>/<str:kind>/", visits.record, name="visit"),
    path("visits/<int:enterprise>/<str:kind>/return/", visits.send_back, name="visit_return"),
    path("visits/photo/<int:pk>/<int:n>/", visits.photo, name="visit_photo"),
]
