from django.apps import AppConfig


class Collect(AppConfig):
    name = "wushang.collect"
    label = "collect"
