"""专项检查: the regulator (行业主管部门) is asked for one, to be answered within the policy's clock."""

from django.utils.translation import gettext as _

from wushang.rectify.regulator import ask_regulator


def opened(case, rules, actor, at) -> str:
    return ask_regulator(case, rules, actor, at, "inspection", "inspection", _("开展专项检查，监督单位落实工伤预防措施，反馈检查情况。"))
