from django.apps import AppConfig


class WarnConfig(AppConfig):
    name = "wushang.warn"
    verbose_name = "预警"
