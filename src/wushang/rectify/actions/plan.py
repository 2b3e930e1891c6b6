"""制定整改方案: the regulator sees to it that the unit makes a plan and a way to control its risks."""

from django.utils.translation import gettext as _

from wushang.rectify.regulator import ask_regulator


def opened(case, rules, actor, at) -> str:
    return ask_regulator(case, rules, actor, at, "plan", "plan", _("监督单位制定整改方案、建立健全工伤风险防控机制，反馈情况。"))
