from django.apps import AppConfig


class Pool(AppConfig):
    name = "wushang.pool"
    label = "pool"
