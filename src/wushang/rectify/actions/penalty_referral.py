"""线索移送: a person decides it once the report is overdue (deeds/refer_to_enforcement); nothing happens at opening."""


def opened(case, rules, actor, at) -> str:
    return ""
