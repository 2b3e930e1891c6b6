"""What a unit does on its telephone, and what the 练习短信箱 shows of it."""

from __future__ import annotations

import re

from story.files import CUP
from story.world import PHONE, World, press, says, silent

ANSWERS = {
    "course": "换模时手伸进模具取料，滑块落下。", "direct": "光电保护失灵，没有停机。", "done": "当天停用两台冲床。",
    "people": "入职不满三个月，岗前培训半天。", "machine": "光电保护灵敏度下降。", "material": "无", "method": "没有换模规程。",
    "environment": "无", "management": "班组长没有每天点检。", "goal": "三个月内不再发生冲压伤害。",
    "what": "更换光电保护，每班点检", "who": "设备主管", "by": "2026-04-20",
}  # fmt: skip


def fill_in(page, answers: dict[str, str]) -> None:
    """Page after page; what is still empty gets its answer, until the form is done."""
    while page.locator("form#answers").count():
        for name, text in answers.items():
            field = page.locator(f"form#answers [name={name}]")
            if field.count() and not field.input_value():
                field.fill(text)
        with page.expect_navigation():
            page.locator(".foot-act button.primary").click()


def mail_to(clerk, unit: str, about: str) -> str:
    """The link in the newest message of the 练习短信箱 to a unit."""
    clerk.goto("/warn/practice/")
    row = clerk.locator("tbody tr", has_text=unit).filter(has_text=about).first
    return re.search(r"http\S+", row.inner_text())[0]


def code_for(clerk, unit: str) -> str:
    clerk.goto("/warn/practice/")
    row = clerk.locator("tbody tr", has_text=unit).filter(has_text="验证码").first
    return re.search(r"验证码 ?(\d{6})", row.inner_text())[1]


def enter(page, clerk, unit: str, phone: str) -> None:
    """Prove one of the telephones on record, named by its last four digits."""
    page.locator("label", has_text=phone).locator("input").check()
    press(page, "发送验证码")
    page.fill("[name=code]", code_for(clerk, unit))
    press(page, "进入")


def head_signs(world: World, clerk) -> str:
    """陈伟民 opens his own link, proves his telephone, reads, promises; the receipt number."""
    world.work()  # the message goes out
    page = world.opens(mail_to(clerk, CUP, "请负责人签字"), **PHONE)
    assert clerk.locator("a[href*='/rectify/e/']").count()  # the link can be pressed where it is read
    silent(page, "13800010001", "139****0088")
    enter(page, clerk, CUP, "0001")
    says(page, "陈伟民，您好。", "更换光电保护，每班点检", "设备主管")
    page.check("[name=promise]")
    press(page, "确认提交")
    says(page, "已提交。")
    return re.search(r"已提交。编号\s*(\S+)", page.locator("body").inner_text())[1]
