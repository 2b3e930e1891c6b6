"""限制评先评优: in force only where a place has recorded the document that allows it (warn.awards; domain.md J)."""

from django.utils.translation import gettext as _

from wushang.warn import awards


def opened(case, rules, actor, at) -> str:
    said = awards.basis(case.warning.finding)
    if not said:
        return _("限制评先评优：本地没有登记依据文件，未启用")
    return _("限制评先评优：自 %(day)s 起，依据%(basis)s") % {"day": case.warning.delivered, "basis": said}
