"""约谈: the case cannot be closed before it was held; for yellow it is the “一对一”警示约谈."""

from django.utils.translation import gettext as _


def opened(case, rules, actor, at) -> str:
    case.needs_interview = True
    case.save(update_fields=["needs_interview"])
    return _("需约谈单位主要负责人")
