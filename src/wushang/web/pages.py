"""The top floor's own addresses: sign-in, the desk, what crosses stages."""

from django.urls import path

from wushang.people import views as people
from wushang.web.desk import views as desk
from wushang.web.dossier import views as dossier
from wushang.web.ledgers import views as ledgers
from wushang.web.look import look
from wushang.web.meeting import views as meeting
from wushang.web.practice import views as practice
from wushang.web.reconcile import views as reconcile

urlpatterns = [
    path("sign-in/", people.SignIn.as_view(), name="sign_in"),
    path("sign-out/", people.sign_out, name="sign_out"),
    path("", desk.desk, name="desk"),
    path("week.xlsx", desk.week, name="desk_week"),
    path("practice/", practice.practice, name="practice"),
    path("practice/file/", practice.practice_file, name="practice_file"),
    path("look/", look, name="look"),
    path("meeting/", meeting.meeting, name="meeting"),
    path("meeting/list/", meeting.rows, name="meeting_list"),
    path("meeting/list.xlsx", meeting.rows_file, name="meeting_list_file"),
    path("meeting/print/", meeting.print_page, name="meeting_print"),
    path("meeting/prints/<int:pk>/", meeting.printed, name="meeting_printed"),
    path("meeting/brief.docx", meeting.word, name="meeting_brief"),
    path("wall/", meeting.wall, name="wall"),
    path("enterprises/", dossier.enterprises, name="enterprises"),
    path("enterprises/<int:pk>/", dossier.enterprise, name="enterprise"),
    path("ledgers/", ledgers.ledgers, name="ledgers"),
    path("ledgers/<slug:name>.xlsx", ledgers.ledger_file, name="ledger_file"),
    path("reconcile/", reconcile.reconcile, name="reconcile"),
    path("reconcile/upload/<slug:party>/", reconcile.upload, name="reconcile_upload"),
    path("reconcile/<str:month>/<slug:party>/", reconcile.one, name="reconcile_one"),
    path("reconcile/<str:month>/<slug:party>/confirm/", reconcile.confirm, name="reconcile_confirm"),
]
