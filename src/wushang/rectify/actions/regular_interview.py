"""定期约谈企业负责人: as an interview, and after each one the day of the next follows from the policy's clock (every: …)."""

from django.utils.translation import gettext as _


def opened(case, rules, actor, at) -> str:
    case.needs_interview = True
    case.save(update_fields=["needs_interview"])
    return _("需定期约谈企业负责人")
