from django.apps import AppConfig


class AnalyseConfig(AppConfig):
    name = "wushang.analyse"
    label = "analyse"
