"""当即移送: the finding itself is handed to the emergency bureau (rectify.work.refer_serious); a case changes nothing."""


def opened(case, rules, actor, at) -> str:
    return ""
