from django.urls import path

from wushang.pool import views

app_name = "pool"
urlpatterns = [
    path("contacts/", views.contact_list, name="contacts"),
    path("contacts/export/", views.contact_export, name="contact_export"),
    path("contacts/import/", views.import_contacts, name="import_contacts"),
    path("contacts/import/problems/", views.contact_problems, name="contact_problems"),
    path("contacts/import/sample/", views.contact_sample, name="contact_sample"),
    path("contacts/of/<int:pk>/", views.unit_contacts, name="unit_contacts"),
    path("contacts/<int:pk>/read/", views.read_contact, name="read_contact"),
    path("contacts/<int:pk>/verify/", views.verify, name="verify_contact"),
    path("contacts/<int:pk>/invalid/", views.mark_invalid, name="mark_invalid"),
    path("contacts/<int:pk>/restore/", views.restore, name="restore_contact"),
]
