from django.apps import AppConfig


class Judge(AppConfig):
    name = "wushang.judge"
    label = "judge"
