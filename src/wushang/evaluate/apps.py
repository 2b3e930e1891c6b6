from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluateConfig(AppConfig):
    name = "wushang.evaluate"
    label = "evaluate"
    verbose_name = _("评估")
