"""One year in one city, told through the browser: from a department's spreadsheet to a closed warning.

云溪市 has five units (files.py). 王丽 uploads, 李建国 and 周敏 decide, 张海燕 walks, 孙小玲 and her head 陈伟民 mend,
方志强 reviews, 郑一鸣 answers, 沈志远 asks, 林外 must see nothing. A chapter stands on those before it.
"""

from __future__ import annotations

from datetime import date

import pytest
from story import files
from story.files import CUP, DOOR, WOOD
from story.office import (
    land,
    letter_text,
    listed_rows,
    number,
    pass_on,
    read,
    review,
    send,
    settle,
    words_of,
    write_letter,
)
from story.phones import ANSWERS, code_for, enter, fill_in, head_signs, mail_to
from story.world import PHONE, World, photo, press, says, silent, taken, with_reason

from wushang.people import audit
from wushang.people.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _nobody_complains(world: World):
    """No error in a browser, no refused page, in any chapter."""
    yield
    told, world.complaints[:] = list(world.complaints), []
    assert told == []


def test_1_the_clerk_starts_and_history_sends_nothing(world):
    """Four steps on the first day; fourteen months of history go in, nobody is warned, nothing is sent."""
    page = world.sits_down("wangli")
    says(page, "第一次使用，按这四步来", "核对本单位名称", "上传参保名册", "上传工伤台账", "核实联系人")
    press(page, "上传", ".doing")
    says(page, "还没有报送。")
    desk = world.desk
    for file, source, sender in (
        (files.register(desk / "单位名册.xlsx"), "单位名册", "市场监管局"),
        (files.insurance(desk / "参保缴费202501-202512.csv", date(2025, 1, 1), 12), "", ""),
        (files.insurance(desk / "参保缴费202601-202602.csv", date(2026, 1, 1), 2), "", ""),
        (files.claims(desk / "工伤认定台账2025年.xlsx", "云溪市2025年工伤认定台账", files.last_year()), "", ""),
        (files.claims(desk / "工伤认定台账2026年1-2月.xlsx", "云溪市2026年1—2月工伤认定台账", files.first_months()), "", ""),
    ):
        send(page, file, source, sender, historical=True)
        says(page, "历史数据，不发送任何通知", "待订正 0")
        land(world, page)
    page.goto("/pool/contacts/import/")
    page.set_input_files("input[type=file]", str(files.contacts(desk / "联系人.xlsx")))
    page.wait_for_selector("text=导入结果")
    says(page, "文件共 6 行 ＝ 新增 6")
    page.goto("/")
    says(page, "今天没有待办")
    page.goto("/warn/outbox/")
    says(page, "没有这样的消息。")
    page.goto("/warn/")
    says(page, "还没有达到预警条件的单位。")


def test_2_the_rule_takes_force_after_its_load_was_seen(world):
    """李建国 reads what the rule says and how much work it makes; two people approve; it holds from today."""
    li = world.sits_down("lijianguo")
    li.goto("/judge/policies/")
    press(li, "高台县“黄橙红”分级预警")
    says(li, "发生2起以上工伤事故或存在职业病隐患的企业,橙色预警", "还没有人批准")
    li.wait_for_selector("text=预计每月")
    says(li, "预计每月 0.6 件，按现有 2 人需 0.4 个工作日", "办得过来。")  # 黄 4、橙 2、红 1 in twelve months
    press(li, "批准", ".actionbar")
    says(li, "已批准，还需另外 1 人批准")
    assert li.locator(".actionbar form[action$='/approve/']").count() == 0  # nobody counts twice
    zhou = world.sits_down("zhoumin")
    zhou.goto(li.url)
    press(zhou, "批准", ".actionbar")
    says(zhou, "已批准，下一步：填写启用日期并施行")
    li.reload()
    li.select_option("[name=mode]", "full")
    press(li, "施行", ".actionbar form[action$='/force/']")
    says(li, "自2026-03-02起正式施行；此前发生或接报的只计数，不预警、不发送")
    li.goto("/warn/outbox/")
    li.locator("form[action$='/start-day/'] input[type=date]").first.fill("2026-03-02")
    press(li, "设置", "form[action$='/start-day/']")
    world.work()
    li.goto("/warn/")
    says(li, "还没有达到预警条件的单位。", "共 5 家")


def test_3_a_dirty_file_goes_in_row_by_row(world):
    """Six lines: 2 taken, 1 double, 3 that wait. One is mended, one taken with a reason, one returned."""
    world.day(date(2026, 3, 20))
    page = world.sits_down("wangli")
    file = files.claims(world.desk / "工伤认定台账2026年3月.xlsx", "云溪市2026年3月工伤认定台账", files.march())
    send(page, file)
    says(page, "文件共 6 行 ＝ 接收 2 ＋ 重复 1 ＋ 待订正 3", "行数与文件第 10 行“合计”一致：6")
    press(page, "重复的 1 行")
    says(page, "第 9 行同第 4 行")
    says(page, "接收 2 ＝ 与上次相同 0 ＋ 新增 2 ＋ 变更 0")

    form = taken(world, page, "下载订正表")
    lines = read(form)
    assert [line[0] for line in lines[2:]] == [6, 7, 8]
    assert "信用代码" in lines[2][1] and "位数已经丢失" in lines[3][1] and "2026-02-30" in lines[4]

    settle(page, 6, "改正", lambda form: form.locator("input[name=value-uscc]").fill(files.USCC[DOOR]))
    says(page, "接收 3")
    settle(page, 7, "仍按原值", lambda form: form.locator("textarea").fill("本人已离职，原件待补，先按空白接收"))
    settle(page, 8, "退回", lambda form: form.locator("textarea").fill("2月没有30日，请核对事故日期"))
    says(page, "接收 4 ＋ 重复 1 ＋ 待订正 1 其中已退回 1")
    page.reload()
    says(page, "文件共 6 行 ＝ 接收 4 ＋ 重复 1 ＋ 待订正 1")

    page.wait_for_selector("text=本批将产生：预警")
    effect = "".join(page.locator("#effect").inner_text().split())
    assert "预警3件" in effect and "黄2" in effect and "橙1" in effect
    land(world, page)
    landed, pending = page.url, page.locator(".actionbar").inner_text()
    send(page, file)
    assert page.url == landed
    says(page, "内容一个字节也没有变，这次没有改动任何数据")
    world.work()
    page.reload()
    assert page.locator(".actionbar").inner_text() == pending
    page.goto("/warn/")
    says(page, "待起草3")
    page.goto("/warn/practice/")
    says(page, "还没有消息。")  # 三推送 waits half an hour, so that it can be taken back


def test_4_a_warning_goes_from_draft_to_an_issued_letter(world):
    """恒岳杯业's second accident makes orange: 王丽 drafts, 李建国 sends back and then agrees, 周敏 signs, the OA numbers."""
    world.day(date(2026, 3, 20), 10)
    wang, li, zhou = (world.sits_down(who) for who in ("wangli", "lijianguo", "zhoumin"))
    wang.goto("/warn/?stage=draft")
    press(wang, CUP)
    says(wang, "今年收到工伤事故报告 2 起（已认定 1 起、正在办理 1 起），参保 58 人", "上年同期 1 起", "发生2起以上工伤事故")
    world.known[CUP] = wang.url
    write_letter(wang)
    says(wang, "已保存，预览已更新。")
    assert wang.locator("img.case-page").first.evaluate("one => one.decode().then(() => one.naturalWidth)") > 300
    press(wang, "提交审核", ".actionbar")
    says(wang, "已提交审核，下一步：科长审核。")

    li.goto(wang.url)
    with_reason(li, "退回修改", "请把抄送单位写全，再报", ".actionbar")
    says(li, "已退回，下一步：经办人修改。")
    wang.reload()
    says(wang, "请把抄送单位写全，再报")
    wang.locator("[name=copies]").fill("市市场监督管理局，东城街道办事处")
    press(wang, "保存并更新预览")
    press(wang, "提交审核", ".actionbar")
    pass_on(world, li, zhou, CUP)
    number(wang, CUP, world, "云人社预〔2026〕37号")
    says(wang, "文号 云人社预〔2026〕37号 已记下。")
    press(wang, "发出", ".actionbar")
    says(wang, "已发出，下一步：登记送达。")

    text = letter_text(wang)
    assert "云人社预〔2026〕37号" in text and CUP in text and "2起" in text
    assert not [name for name in files.WORKERS if name in text]

    for unit, typed in ((DOOR, "云人社预〔2026〕38号"), (WOOD, "云人社预〔2026〕39号")):
        wang.goto("/warn/?stage=draft")
        press(wang, unit)
        world.known[unit] = wang.url
        write_letter(wang)
        press(wang, "提交审核", ".actionbar")
        pass_on(world, li, zhou, unit)
        if unit == DOOR:
            number(wang, unit, world, "云人社预〔2026〕37号")
            says(wang, "文号 云人社预〔2026〕37号 已经用在", "请核对 OA 上的文号。")
        number(wang, unit, world, typed)
        press(wang, "发出", ".actionbar")
        says(wang, "已发出")
    world.work()


def test_5_the_township_walks(world):
    """On Monday 张海燕 hands one letter over with a photo; the other unit is not hers and goes back."""
    world.day(date(2026, 3, 23))
    page = world.sits_down("zhanghaiyan", **PHONE)
    page.goto("/rectify/visits/")
    says(page, "今天走 2 家", CUP, WOOD)
    silent(page, DOOR)  # 石塘镇 is another's
    stop = page.locator("section.card", has_text=CUP)
    with page.expect_navigation():
        stop.locator("a", has_text="送达拍照").click()
    press(page, "保存")
    says(page, "没有填签收人")
    page.fill("[name=person]", "孙小玲")
    press(page, "保存")
    says(page, "当面或留置送达要有照片。")
    page.fill("[name=person]", "孙小玲")
    page.set_input_files("[name=photos]", str(photo(world.desk / "签收.png")))
    press(page, "保存")
    says(page, "已登记送达。", "今天走 1 家")
    with_reason(page, "不属本辖区，退回改派", "厂房去年搬到石塘镇，不在本街道", "section.card")
    says(page, "已退回", "今天没有要走访的单位")
    world.work()
    wang = world.sits_down("wangli")
    says(wang, WOOD)
    wang.goto("/rectify/referrals/?tab=all")
    press(wang, WOOD)
    says(wang, "厂房去年搬到石塘镇，不在本街道", "改派")
    wang.goto(world.known[DOOR])
    wang.check("#deliver + form [name=method][value=mail]")
    wang.fill("#tracking", "EMS9901000038")
    press(wang, "登记送达", "#deliver + form")
    says(wang, "已登记送达，下一步：单位签收。")
    world.work()


def test_6_the_safety_manager_answers_on_a_phone(world):
    """孙小玲 at 360 px: the letter's link, a wrong telephone, a wrong code, the right one; signs, fills in, sends to the head."""
    world.day(date(2026, 3, 24))
    wang = world.sits_down("wangli")
    page = world.opens(mail_to(wang, CUP, "整改建议书"), **PHONE)
    says(page, "这份文书是真的，现行有效", "云人社预〔2026〕37号")
    press(page, "我是该单位，去办理")
    silent(page, "2 起", "冲压车间", "13900020088")
    choice = page.locator("label", has_text="139****0088").locator("input")
    own = choice.get_attribute("value")
    choice.evaluate("one => { one.value = '13711112222' }")
    choice.check()
    press(page, "发送验证码")
    says(page, "这个手机号不是贵单位登记的号码。")
    page.locator(f"[name=phone][value='{own}']").check()
    press(page, "发送验证码")
    code = code_for(wang, CUP)
    page.fill("[name=code]", f"{(int(code) + 1) % 1_000_000:06d}")
    press(page, "进入")
    says(page, "验证码不对。", "还可以试 4 次")
    page.fill("[name=code]", code)
    press(page, "进入")
    says(page, CUP, "您还有 3 步要办", "今年收到工伤事故报告 2 起")
    silent(page, "‰", *files.WORKERS)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    says(page, "3月23日 已签收")  # on paper, with a photo, as 张海燕 registered it

    press(page, "开始填写")
    assert page.locator("fieldset.question").count() == 5
    page.set_input_files("input[type=file]", str(photo(world.desk / "冲床.png", 90)))
    page.fill("[name=basic]", "生产保温杯，58 人，冲压、抛光、装配三个车间。")
    page.wait_for_selector("text=已自动保存")
    page.reload()
    assert page.input_value("[name=basic]").startswith("生产保温杯")
    page.set_input_files("input[type=file]", str(photo(world.desk / "冲床.png", 90)))
    fill_in(page, ANSWERS)
    says(page, "发给负责人签字")
    world.day(date(2026, 3, 24), 9, 50)  # she walked through the workshop meanwhile
    press(page, "发给负责人签字")
    says(page, "等负责人点开签字")
    wang = world.sits_down("wangli")
    number_ = head_signs(world, wang)
    world.known["receipt"] = number_
    page.reload()
    says(page, "已经交了，等答复", f"已提交。编号 {number_}", "10个工作日内答复")

    other = world.opens(mail_to(wang, DOOR, "风险提示函"), **PHONE)
    press(other, "我是该单位，去办理")
    enter(other, wang, DOOR, "0003")
    press(other, "数据不对，申请核对")
    other.locator("label", has_text="属于上下班途中").locator("input").check()
    other.fill("[name=text]", "3月12日那起是下班路上骑车摔伤，不是车间里。")
    press(other, "提交申请")
    says(other, "已提交，5 个工作日内答复。")
    wang.goto("/rectify/corrections/")
    says(wang, DOOR, "3月12日那起是下班路上骑车摔伤")


def test_7_the_reviewer_returns_once_and_then_accepts(world):
    """方志强 writes beside the field what is missing; the unit reads it there, mends it, the head signs again."""
    world.day(date(2026, 3, 31))
    wang = world.sits_down("wangli")
    wang.goto("/rectify/corrections/")
    asked = wang.locator("section.panel", has_text=DOOR)
    asked.locator("label", has_text="经核对，原数据无误").locator("input").check()
    asked.locator("textarea[name=reply]").fill("认定决定书写明在车间受伤，数据不变。")
    press(wang, "答复", "section.panel form")
    says(wang, "已答复，单位会收到消息。")

    fang = world.sits_down("fangzhiqiang")
    review(fang)
    says(fang, world.known["receipt"], "更换光电保护，每班点检")
    shown = fang.locator("#report img").first
    assert shown.evaluate("one => one.decode().then(() => one.naturalWidth)") == 40
    field = fang.locator("details").filter(has=fang.locator("[name=remark_management]"))
    field.locator("summary").click()
    field.locator("input").fill("请写明班组长点检由谁检查、多久一次。")
    press(fang, "退回补正", "#report")
    says(fang, "已退回，下一步：单位补正")
    world.work()

    world.day(date(2026, 4, 2))
    wang = world.sits_down("wangli")
    page = world.opens(mail_to(wang, CUP, "整改情况请补充"), **PHONE)
    if page.locator("text=我是该单位，去办理").count():
        press(page, "我是该单位，去办理")
    enter(page, wang, CUP, "0088")
    says(page, "退回补正", "有 1 项要补充，说明写在每一项旁边。")
    assert page.locator("li[aria-current=step]").inner_text().startswith("2")  # mended first, signed then
    press(page, "去补正")
    mended = page.locator("fieldset", has_text="原因：管（管理）")
    assert "退回原因：请写明班组长点检由谁检查、多久一次。" in mended.inner_text()
    page.fill("[name=management]", "班组长每天点检，车间主任每周抽查一次并签字。")
    fill_in(page, {})
    world.day(date(2026, 4, 2), 9, 10)
    press(page, "发给负责人签字")
    second = head_signs(world, wang)
    assert second != world.known["receipt"]

    world.day(date(2026, 4, 10))
    fang = world.sits_down("fangzhiqiang")
    review(fang)
    says(fang, second, "车间主任每周抽查一次并签字")
    press(fang, "通过复核", "#report")
    says(fang, "已通过复核，下一步：8月9日起评估。")


def test_8_a_department_is_asked_and_answers(world):
    """The rule asks the regulator for an inspection: sent back with a reason, sent to another, urged, answered, checked."""
    world.day(date(2026, 4, 13))
    zheng = world.sits_down("zhengyiming")
    zheng.goto("/rectify/referrals/")
    press(zheng, CUP)
    says(zheng, "专项检查", "市场监管局", "待接收")
    with_reason(zheng, "退回", "冲压设备检查归应急部门，本局没有执法权")
    says(zheng, "已退回，下一步：转出人改派。")

    wang = world.sits_down("wangli")
    wang.goto("/rectify/referrals/?tab=all")
    press(wang, CUP, "tr:has-text('市场监管局')")
    says(wang, "冲压设备检查归应急部门，本局没有执法权")
    form = wang.locator("form[action$='/reassign/']")
    form.locator("[name=to]").select_option(label="应急局")
    form.locator("[name=reply_by]").fill("2026-04-24")
    press(wang, "改派", "form[action$='/reassign/']")
    says(wang, "已改派，下一步：应急局接收。")

    world.day(date(2026, 4, 20))
    wang = world.sits_down("wangli")
    wang.goto("/rectify/referrals/?tab=sent")
    press(wang, CUP, "tr:has-text('应急局')")
    press(wang, "催办", ".content")
    says(wang, "已催办。")
    fang = world.sits_down("fangzhiqiang")
    says(fang, CUP)
    fang.goto("/rectify/referrals/")
    press(fang, CUP, "tr:has-text('应急局')")
    press(fang, "接收", ".content")
    fang.fill("[name=reason]:visible", "4月20日到场：三台冲床光电保护已更换，点检记录齐全。")
    press(fang, "反馈", ".content")
    says(fang, "已反馈，下一步：转出人核验。")
    wang.reload()
    says(wang, "三台冲床光电保护已更换")
    press(wang, "核验通过", ".content")
    says(wang, "已核验。")


def test_9_three_months_later_it_is_measured_again(world):
    """From 11 April to 10 July: none, after four last year. The platform proposes, 周敏 signs, the piece is closed."""
    world.day(date(2026, 8, 10))
    wang = world.sits_down("wangli")
    for file in (
        files.insurance(world.desk / "参保缴费202603-202607.csv", date(2026, 3, 1), 5),
        files.claims(world.desk / "工伤认定台账2026年4-7月.xlsx", "云溪市2026年4—7月工伤认定台账", files.summer()),
    ):
        send(wang, file)
        says(wang, "待订正 0")
        land(world, wang)
    zhou = world.sits_down("zhoumin")
    says(zhou, CUP)
    zhou.goto("/evaluate/")
    press(zhou, CUP)
    says(zhou, "建议：通过", "4月11日", "7月10日", "数据版本")
    row = "".join(zhou.locator("tr.strong").first.inner_text().split())
    assert "04" in row and "58" in row  # 0 now, 4 before, 58 insured
    press(zhou, "签发", ".actionbar")
    says(zhou, "已签发：办结。")
    zhou.goto(world.known[CUP])
    says(zhou, "办结", "评估通过，办结")
    assert zhou.locator(".stages li.is-done").count() == 9


def test_10_the_leader_gets_one_number_everywhere(world):
    """Six accidents in January to July, eight the year before: the sentence, the list behind it and the ledger agree."""
    shen = world.sits_down("shenzhiyuan")
    shen.goto("/meeting/")
    says(shen, "2026年1—7月全市接报工伤事故 6 起", "下降 25.0%", "死亡 0 人，重伤 0 人")
    shen.wait_for_selector("figure[data-drawn]")
    towns = shen.locator("section.towns tbody tr")
    counts = [int(row.locator("td").nth(1).inner_text()) for row in towns.all()]
    assert counts[0] == sum(counts[1:]) == 6
    with shen.expect_navigation():
        shen.locator(".opening a", has_text="6 起").click()
    says(shen, "6 起", CUP, DOOR, WOOD, files.FOOD)
    assert shen.locator("table tbody tr").count() == 6
    listed = read(taken(world, shen, "导出"))
    assert listed_rows(listed) == 6

    wang = world.sits_down("wangli")
    wang.goto("/ledgers/?kind=injuries&from=2026-01-01&to=2026-07-31")
    ledger = read(taken(world, wang, "导出台账"))
    assert listed_rows(ledger) == 6

    shen.goto("/meeting/")
    says(shen, "需要领导推动的事", WOOD)
    press(shen, "大屏显示")
    silent(shen, *files.UNITS_NAMES)
    press(shen, "显示单位名称")
    says(shen, WOOD)


GUESSED = (
    "/warn/{n}/", "/warn/letter/{n}/pdf", "/warn/letter/{n}/word", "/warn/letter/{n}/page/1.png", "/warn/file/{n}/",
    "/warn/receipt/{n}/photo/", "/enterprises/{n}/", "/collect/{n}/", "/collect/{n}/file/", "/collect/{n}/corrections.xlsx", "/collect/{n}/rows/6/",
    "/rectify/cases/{n}/", "/rectify/photos/{n}/", "/rectify/referrals/{n}/", "/rectify/visits/photo/{n}/0/", "/evaluate/{n}/",
    "/judge/findings/{n}/", "/judge/policies/{n}/", "/pool/contacts/of/{n}/", "/ledgers/injuries.xlsx?town=99010000{n}",
)  # fmt: skip


def test_11_an_outsider_sees_nothing(world):
    """林外 of another county opens the menu, then every address that anybody read in this year."""
    page = world.sits_down("linwai")
    secrets = [*files.UNITS_NAMES, *files.WORKERS, *(phone for _name, phone in files.HEAD.values())]
    for address in ("/", "/warn/", "/warn/inbox/", "/warn/outbox/", "/enterprises/", "/collect/", "/ledgers/", "/pool/contacts/"):
        page.goto(address)
        silent(page, *secrets)
    guessed = {address.format(n=n) for address in GUESSED for n in range(1, 7)}
    open_to_paper = ("/static/", "/rectify/e/", "/warn/door/", "/sign-in/")  # what whoever holds the letter may open
    tried = sorted(guessed | {address for address in world.read if address.startswith("/") and not address.startswith(open_to_paper)})
    assert len(tried) > 150
    shown = []
    for address in tried:
        answer = page.request.get(address)
        if answer.status not in (403, 404) and any(secret in words_of(answer) for secret in secrets):
            shown.append(f"{address}: {answer.status}")
    assert not shown, "\n".join(shown)


def test_12_the_log_holds_and_a_withdrawn_file_takes_its_effects_back(world):
    """A wrong file of August warns 立丰五金; withdrawn, its facts go, and the warning's withdrawal is proposed, never done."""
    world.day(date(2026, 8, 11))
    wang = world.sits_down("wangli")
    send(wang, files.claims(world.desk / "工伤认定台账2026年8月.xlsx", "云溪市2026年8月工伤认定台账", files.august()))
    land(world, wang)
    batch = wang.url
    wang.goto("/warn/?stage=draft")
    press(wang, files.METAL)
    warned = wang.url
    says(wang, "今年收到工伤事故报告 1 起")
    wang.goto(batch)
    with_reason(wang, "撤回本批", "这是外县的表，传错了", ".actionbar")
    says(wang, "正在撤回，入库前的数据将恢复。")
    wang.goto("about:blank")  # the page loads itself anew when its work is done, and would do so just while we go there
    world.work()
    wang.goto(batch)
    says(wang, "撤回：这是外县的表，传错了")
    wang.goto(warned)
    says(wang, "已提出撤回，请科长决定撤回或维持。", "事实变更后不再达到黄色预警条件")
    says(wang, "下一步：提交审核")  # still open: only a person takes it back
    li = world.sits_down("lijianguo")
    li.goto(warned)
    act = li.locator(".actionbar details", has_text="撤回预警")
    act.locator("summary").click()
    act.locator("[name=cause]").select_option(label="数据有误")
    act.locator("[name=reason]").fill("报送表传错，撤回")
    with li.expect_navigation():
        act.locator("button").click()
    says(li, "已撤回，文书不再发出。")
    world.work()

    auditor = world.sits_down("auditor")
    auditor.goto("/people/audit/?verb=warn.sign")
    says(auditor, "周敏", "签发")
    auditor.goto("/people/audit/?verb=collect.withdraw")
    says(auditor, "王丽")
    silent(auditor, *files.WORKERS)
    verdict = audit.verify()
    assert verdict.ok and verdict.rows > 150 and verdict.unsealed < 10


def test_13_a_new_year_begins_and_a_red_circular_is_issued(world):
    """The counts begin anew, what is open stays open, numbers begin with 1: 恒岳杯业 is yellow again after 2 in 2026, and
    东溪食品 with three in four days is red."""
    world.day(date(2027, 1, 4))
    User.objects.update(password_set=world.now)  # changed in autumn, as everybody has to after 180 days
    world.work()  # everybody is judged on the new year's counts
    wang = world.sits_down("wangli")
    for unit, waits in ((DOOR, "已送达"), (WOOD, "登记送达")):  # one accident each in 2026, none in 2027
        wang.goto(world.known[unit])
        says(wang, waits)
        silent(wang, "已提出撤回")

    world.day(date(2027, 1, 6))
    wang, li, zhou = (world.sits_down(who) for who in ("wangli", "lijianguo", "zhoumin"))
    send(wang, files.claims(world.desk / "工伤认定台账2027年1月.xlsx", "云溪市2027年1月工伤认定台账", files.new_year()))
    wang.wait_for_selector("text=本批将产生：预警")
    effect = "".join(wang.locator("#effect").inner_text().split())
    assert "预警2件" in effect and "黄1" in effect and "红1" in effect
    land(world, wang)
    for unit, said, number_ in ((CUP, "今年收到工伤事故报告 1 起", 1), (files.FOOD, "今年收到工伤事故报告 3 起", 2)):
        wang.goto("/warn/?stage=draft")
        press(wang, unit)
        says(wang, said)
        assert wang.url != world.known.get(unit)  # a piece of its own: last year's is closed
        world.known[unit] = wang.url
        if unit == files.FOOD:
            wang.fill("[name=problems]", "新职工岗前培训不到位\n清洗设备时没有停机")
        write_letter(wang)
        press(wang, "提交审核", ".actionbar")
        pass_on(world, li, zhou, unit)
        wang.goto(world.known[unit])
        wang.check("[name=source][value=own]")
        wang.fill("[name=word]", "云人社预")
        press(wang, "编文号", "#number")
        says(wang, f"文号 云人社预〔2027〕{number_}号 已记下。")
        press(wang, "发出", ".actionbar")
        says(wang, "已发出")
    world.work()

    text = letter_text(wang)
    assert "云人社预〔2027〕2号" in text and "新职工岗前培训不到位" in text
    assert "东溪食品有限公司" in text
    assert "全市共接报生产经营性工伤事故4起(按发生日期统计)" in text  # 1 at 恒岳杯业, 3 at 东溪食品
    assert audit.verify().ok
