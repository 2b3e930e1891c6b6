"""The top floor's own addresses: sign-in, the desk, what crosses stages."""

from django.urls import path

from wushang.people import views as people
from wushang.web.corrections import views as corrections
from wushang.web.desk import views as desk
from wushang.web.dossier import views as dossier
from wushang.web.fallen import beneath
from wushang.web.ledgers import views as ledgers
from wushang.web.look import look
from wushang.web.meeting import views as meeting
from wushang.web.place import views as place
from wushang.web.practice import views as practice
from wushang.web.reconcile import views as reconcile
from wushang.web.running import views as running

urlpatterns = [
    path("sign-in/", people.SignIn.as_view(), name="sign_in"),
    path("sign-out/", people.sign_out, name="sign_out"),
    path("", desk.desk, name="desk"),
    path("week.xlsx", desk.week, name="desk_week"),
    path("place/", place.place, name="place"),
    path("place/letters/", place.letter_list, name="place_letters"),
    path("place/letters/<slug:name>.pdf", place.letter_sample, name="place_letter"),
    path("place/sending/", place.sending_page, name="place_sending"),
    path("running/", running.running, name="running"),
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
    path("analyse/cube/beneath/", beneath, name="cube_beneath"),
    path("enterprises/", dossier.enterprises, name="enterprises"),
    path("enterprises/<int:pk>/", dossier.enterprise, name="enterprise"),
    path("enterprises/<int:pk>/accidents/", dossier.accidents, name="enterprise_accidents"),
    path("enterprises/<int:pk>/demonstration/", dossier.demonstration_page, name="enterprise_demonstration"),
    path("enterprises/<int:pk>/demonstration/<int:record>/end/", dossier.demonstration_end, name="enterprise_demonstration_end"),
    path("enterprises/<int:pk>/before-after/", dossier.before_after_page, name="enterprise_before_after"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/<int:pk>/", corrections.correction, name="correction"),
    path("corrections/<int:pk>/do/<slug:name>/", corrections.act, name="correction_act"),
    path("ledgers/", ledgers.ledgers, name="ledgers"),
    path("ledgers/<slug:name>.xlsx", ledgers.ledger_file, name="ledger_file"),
    path("ledgers/<slug:name>.pdf", ledgers.ledger_print, name="ledger_print"),
    path("reconcile/", reconcile.reconcile, name="reconcile"),
    path("reconcile/upload/<slug:party>/", reconcile.upload, name="reconcile_upload"),
    path("reconcile/<str:month>/<slug:party>/", reconcile.one, name="reconcile_one"),
    path("reconcile/<str:month>/<slug:party>/confirm/", reconcile.confirm, name="reconcile_confirm"),
]
