"""限制评先评优: in force only where a place has recorded the document that allows it (domain.md J, award.restriction)."""

from django.utils.translation import gettext as _


def opened(case, rules, actor, at) -> str:
    return _("限制评先评优：本地没有登记依据文件，未启用")
