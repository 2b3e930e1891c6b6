from django.apps import AppConfig


class Analyse(AppConfig):
    name = "wushang.analyse"
    label = "analyse"
