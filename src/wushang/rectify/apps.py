from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RectifyConfig(AppConfig):
    name = "wushang.rectify"
    label = "rectify"
    verbose_name = _("整改")
