from django.apps import AppConfig


class Web(AppConfig):
    name = "wushang.web"
    label = "web"
