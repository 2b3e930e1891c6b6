"""What the 整改情况 form may ask, photos first; report_form.py says which of it one unit is asked. Plain words.

一查、二降、三禁、四不放过 stand in the 永康 document without a definition: they are asked where the rule's own words say them, and
their meaning is the place's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

LONGEST = 1000
BY_LOCAL_PAPER = _("请按本地文件核定")


@dataclass(frozen=True)
class Question:
    code: str
    title: Any
    hint: Any = ""
    kind: str = "text"  # photo | text | number | date | choice
    required: bool = False
    choices: tuple[tuple[str, Any], ...] = ()
    said: str = ""  # asked only where the rule's words for the report say this
    sections: str = ""  # asked only of these sections of GB/T 4754 (门类); '' of all
    hints: tuple[tuple[str, Any], ...] = ()  # sections → the example that fits them, before `hint`


QUESTIONS = (
    Question("photos", _("现场照片"), _("整改前后的设备、岗位、标识牌，最多 20 张。"), "photo"),
    Question("basic", _("单位基本情况"), _("做什么的，多少人，主要有哪些岗位和设备。"), required=True),
    Question("course", _("事故是怎么发生的"), _("时间、地点、当时在做什么。不用写受伤职工的姓名。"), required=True),
    Question(
        "direct", _("直接原因"), _("例如：地面积水没有及时清理，走过时滑倒。"), required=True,
        hints=(("BCD", _("例如：光电保护失灵，手伸进模具取料。")), ("E", _("例如：临边没有护栏，退步时踩空坠落。"))),
    ),
    Question("done", _("已经马上做了什么"), _("立行立改的措施。")),
    Question("people", _("原因：人"), _("没培训、没带教、违章、疲劳、新职工……没有就写“无”。"), required=True),
    Question("machine", _("原因：机（设备）"), _("防护缺失、失灵、没检修……没有就写“无”。"), required=True),
    Question("material", _("原因：料（物料）"), _("尖锐、过重、高温、化学品……没有就写“无”。"), required=True),
    Question("method", _("原因：法（作业方法）"), _("没有规程、规程不合适、没按规程……没有就写“无”。"), required=True),
    Question("environment", _("原因：环（环境）"), _("照明、地面、通道、噪声……没有就写“无”。"), required=True),
    Question("management", _("原因：管（管理）"), _("责任不清、检查不到位、没有考核……没有就写“无”。"), required=True),
    Question("check_one", _("一查"), BY_LOCAL_PAPER, said="一查"),
    Question("lower_two", _("二降"), BY_LOCAL_PAPER, said="二降"),
    Question("forbid_three", _("三禁"), BY_LOCAL_PAPER, said="三禁"),
    Question(
        "four_no", _("四不放过"), _("原因未查清、责任人员未处理、整改措施未落实、有关人员未受到教育，逐条写落实情况。"), said="四不放过"
    ),
    Question("training", _("培训"), _("培训了哪些人，讲了什么，考核结果。")),
    Question("signs", _("岗位风险标识牌"), _("在哪些岗位张贴了，计划什么时候贴完。")),
    Question("robots", _("机器换人计划"), _("准备改造哪些岗位的设备；没有就写“暂无”。"), sections="BCD"),
    Question("goal", _("今后三个月的目标"), _("例如：工伤事故比上年同期下降 30%以上。"), required=True),
)
PROGRESS = (("done", _("已完成")), ("doing", _("正在做")), ("planned", _("还没开始")))
MEASURE = (
    Question("what", _("整改措施"), _("一条一条写。"), required=True),
    Question("who", _("责任人"), required=True),
    Question("money", _("资金（元）"), _("不花钱填 0。"), "number"),
    Question("by", _("完成时限"), kind="date", required=True),
    Question("state", _("完成情况"), kind="choice", choices=PROGRESS),
)
MEASURES = Question("measures", _("整改措施"), required=True)
BY_CODE = {question.code: question for question in (*QUESTIONS, MEASURES)}


def titles(questions: list[Question]) -> str:
    return "、".join(str(question.title) for question in questions)


def spoken(question: Question, answers: Mapping[str, Any]) -> str:
    """An answer as it is read: a measure in one line each."""
    given = answers.get(question.code, "")
    if question.code != "measures":
        return str(given)
    return "\n".join(f"{n}. {measure_said(row)}" for n, row in enumerate(given or [], 1))


def measure_said(row: Mapping[str, str]) -> str:
    """措施；责任人 …；资金 … 元；… 前；已完成."""
    state = dict(PROGRESS).get(row.get("state", ""), "")
    parts = [
        row.get("what", ""), row.get("who") and _("责任人 %(who)s") % row, row.get("money") and _("资金 %(money)s 元") % row,
        row.get("by") and _("%(by)s 前") % row, state,
    ]  # fmt: skip
    return "；".join(str(part) for part in parts if part)
