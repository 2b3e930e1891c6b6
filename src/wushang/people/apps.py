from django.apps import AppConfig


class People(AppConfig):
    name = "wushang.people"
    label = "people"
