from django.apps import AppConfig


class Integrate(AppConfig):
    name = "wushang.integrate"
    label = "integrate"
