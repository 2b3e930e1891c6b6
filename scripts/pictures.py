"""Walk the tutorial in a running practice city and shoot docs/pictures/*.png on the way.

    WUSHANG_HOME=/some/empty/folder .venv/bin/wushang demo
    WUSHANG_HOME=/some/empty/folder .venv/bin/wushang serve --workers 1
    .venv/bin/python scripts/pictures.py /some/empty/folder [http://127.0.0.1:8000 [figures]]

`figures`: only the pages of figures (会商一页, 交叉分析) at three widths, which change nothing in the city.

The city is made on the day of the walk: a city of an earlier `--today` shows every desk overdue. On another port set
WUSHANG_ADDRESS for `serve`, or the links in 练习短信箱 lead to 8000.

Every step is one of docs/tutorial/first-warning.md; a step that does not do what the tutorial says stops the walk.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from wushang.terms.calendar import next_working_day

OUT = Path(__file__).resolve().parents[1] / "docs" / "pictures"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PASSWORD = "Yunxi-2026-demo"  # printed by `wushang demo`
OFFICE = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 740}
WIDTHS = {360: 740, 1366: 768, 1920: 1080}
TALL = {360: 2000, 1366: 940, 1920: 900}  # as much of a whole page as a picture of 250,000 bytes holds
PIVOT = "/analyse/cube/?down=town&across=season_month&measure=injury_events&against=last_year"


class Walk:
    def __init__(self, browser: Browser, address: str, home: Path) -> None:
        self.browser, self.address, self.home = browser, address, home

    @contextmanager
    def as_(self, username: str, at: str = "/", size: dict[str, int] = OFFICE) -> Iterator[Page]:
        """The screen of one person of an office."""
        with self._screen(size) as page:
            page.goto(self.address + "/sign-in/")
            page.fill("[name=username]", username)
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_selector("text=退出")
            if at != "/":
                self.go(page, at)
            page.wait_for_load_state("networkidle")
            yield page

    @contextmanager
    def phone(self, link: str) -> Iterator[Page]:
        """A telephone of the unit behind a link, proved by its code."""
        with self._screen(PHONE) as page:
            self.go(page, link)
            if page.locator("text=我是该单位").count():
                page.click("text=我是该单位")
            page.click("button:has-text('发送验证码')")
            page.wait_for_selector("[name=code]")
            self.shoot(page, "phone-code")
            code = re.search(r"验证码是 (\d{6})", page.inner_text("body"))
            page.fill("[name=code]", code[1])  # type: ignore[index]
            page.click("button:has-text('进入')")
            page.wait_for_load_state("networkidle")
            yield page

    @contextmanager
    def _screen(self, size: dict[str, int]) -> Iterator[Page]:
        context = self.browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(120_000)
        yield page
        context.close()

    def go(self, page: Page, path: str) -> None:
        page.goto(path if path.startswith("http") else self.address + path)
        page.wait_for_load_state("networkidle")

    def shoot(self, page: Page, name: str, top: str = "", height: int = 0) -> None:
        if height:
            page.set_viewport_size({"width": page.viewport_size["width"], "height": height})  # type: ignore[index]
        if top:
            page.locator(top).first.scroll_into_view_if_needed()
            page.evaluate("s => window.scrollBy(0, document.querySelector(s).getBoundingClientRect().top - 80)", top)
        page.wait_for_timeout(500)
        page.screenshot(path=str(OUT / f"{name}.png"))
        sys.stdout.write(f"{name}.png  {(OUT / f'{name}.png').stat().st_size // 1024} kB\n")

    def act(self, page: Page, words: str) -> None:
        """Press the one blue button at the foot of the page."""
        page.click(f"footer button:has-text('{words}')")
        page.wait_for_load_state("networkidle")

    def practice_link(self, words: str) -> str:
        """The newest address in 练习短信箱 whose message says these words."""
        with self.as_("wangli", "/warn/practice/") as page:
            for row in page.locator("tbody tr").all():
                text = row.inner_text()
                if words in text and (found := re.search(r"https?://\S+/", text)):
                    return found[0]
        raise SystemExit(f"No message in 练习短信箱 says {words}.")

    # --- the steps ---

    def file_to_drafts(self) -> None:
        newest = sorted((self.home / "city" / "人社局").glob("工伤认定_*"))[-1]
        with self.as_("wangli") as page:
            self.shoot(page, "desk-before")
            self.go(page, "/collect/")
            waiting = page.locator("tr:has-text('工伤认定'):has-text('待确认') a").first
            if waiting.count():
                waiting.click()
            else:
                page.set_input_files("main input[type=file]", newest)
                page.click("main button:has-text('上传')")
            page.wait_for_url("**/collect/*/")
            page.wait_for_selector("text=本批将产生：预警", timeout=120_000)
            self.shoot(page, "report")
            year = re.search(r"_(\d{4})年", newest.name)[1]  # type: ignore[index]
            mend = page.locator("tr:has-text('没有年份') >> text=改正").first
            if mend.count():
                mend.click()
                page.wait_for_selector("form[action*=mend] input[name^=value-]")
                box = page.locator("form[action*=mend] input[name^=value-]").first
                month, day = re.findall(r"\d+", box.input_value())
                box.fill(f"{year}-{int(month):02d}-{int(day):02d}")
                self.shoot(page, "report-mend")
                page.click("form[action*=mend] button:has-text('改正')")
                page.wait_for_selector("text=已改正")
            page.click("button:has-text('确认入库')")
            page.wait_for_selector("text=已入库，数据版本", timeout=120_000)
            for _ in range(60):
                self.go(page, "/")
                if page.locator("tr:has-text('起草通报'):has-text('还剩')").count():
                    break
                page.wait_for_timeout(2000)
            self.shoot(page, "desk")

    def drafted(self, letter: str) -> str:
        """The address of the first fresh draft of a letter on wangli's desk."""
        with self.as_("wangli") as page:
            row = page.locator(f"tr:has-text('起草{letter}'):has-text('还剩')").first
            return str(row.locator("a", has_text=re.compile("^起草$")).get_attribute("href"))

    def fill_and_submit(self, at: str, values: dict[str, str], picture: str = "") -> None:
        with self.as_("wangli", at) as page:
            if picture:
                self.shoot(page, picture)
            for name, value in values.items():
                page.fill(f"[name={name}]", value)
            page.click("button:has-text('保存并更新预览')")
            page.wait_for_selector("text=已保存")
            if picture:
                self.shoot(page, f"{picture}-letter", "form[action$='/letter/']")
            self.act(page, "提交审核")
            page.wait_for_selector("text=已提交审核")

    def sign_and_issue(self, at: str, picture: str = "") -> None:
        with self.as_("lijianguo", at) as page:
            self.act(page, "审核同意")
        with self.as_("zhoumin", at) as page:
            self.act(page, "签发")
            if picture:
                self.shoot(page, picture)
        with self.as_("wangli", at) as page:
            page.check("[name=source][value=own]")
            page.click("form[action$='/number/'] button:has-text('编文号')")
            page.wait_for_selector("text=已记下")
            self.act(page, "发出")
            page.wait_for_selector("text=已发出")

    def unit_acknowledges(self, link: str, picture: str = "") -> None:
        with self.phone(link) as page:
            if picture:
                self.shoot(page, picture)
            page.click("button:has-text('确认签收')")
            page.wait_for_selector("text=已签收")

    def interview_and_close(self, at: str) -> None:
        with self.as_("wangli", at) as page:
            page.wait_for_selector("[name=place]", timeout=60_000)
            today = page.evaluate("new Date().toLocaleDateString('sv-SE', {timeZone: 'Asia/Shanghai'})")
            day = next_working_day(date.fromisoformat(today) + timedelta(days=7))
            page.fill("form[action*=interview] [name=on]", day.isoformat())
            page.fill("form[action*=interview] [name=place]", "市人力资源和社会保障局三楼会议室")
            page.click("button:has-text('约定约谈')")
            page.wait_for_selector("text=已约定")
            self.shoot(page, "interview", "form[action*=interview]")
            page.check("form[action*=interview] [name=came][value=earlier]")
            page.fill("form[action*=interview] [name=text]", "主要负责人到场，确认事故事实，承诺一周内完成仓内人车分道。")
            page.click("button:has-text('登记约谈')")
            page.wait_for_selector("text=已登记约谈")
        with self.as_("lijianguo", at) as page:
            page.fill("form[action$='/close/'] [name=reason]", "约谈到位，自查完成，同意办结。")
            page.click("form[action$='/close/'] button")
            page.wait_for_selector("text=已办结")
            page.evaluate("window.scrollTo(0, 0)")
            self.shoot(page, "closed")

    def unit_reports(self, link: str) -> None:
        given = {
            "basic": "三个班组，主要岗位有安装、搬运和普工。", "course": "材料车倒车时碰到正在理货的职工。",
            "direct": "人车同道，倒车无人指挥。", "goal": "今后三个月工伤事故比上年同期下降 30% 以上。",
            "what": "划出人行通道和车辆通道，装倒车警示", "who": "安全主管", "people": "新职工多，岗前培训只有半天。",
        }  # fmt: skip
        with self.phone(link) as page:
            if page.locator("button:has-text('确认签收')").count():
                page.click("button:has-text('确认签收')")
            page.wait_for_selector("text=已签收")
            self.shoot(page, "phone")
            page.click("text=/^(开始填写|继续填写|修改)$/")
            page.wait_for_selector("[name=basic]")
            self.shoot(page, "phone-report")
            while page.locator("form#answers").count():
                for box in page.locator("form textarea, form input[type=text]").all():
                    box.fill(given.get(str(box.get_attribute("name")), "无"))
                for box in page.locator("form input[type=date]").all():
                    box.fill(page.evaluate("new Date(Date.now() + 12 * 864e5).toISOString().slice(0, 10)"))
                here = page.url
                page.click(".foot-act button.primary")
                page.wait_for_url(lambda url, here=here: url != here)
            page.wait_for_selector("text=发生了什么")
            if page.locator("text=去确认").count():  # the first telephone was the head's own
                page.click("text=去确认")
                self.confirm(page)
                return
            page.click("button:has-text('发给负责人签字')")
            page.wait_for_selector("text=等负责人点开签字")
        with self.phone(self.practice_link("点开后用本机验证码签字")) as page:
            self.confirm(page)

    def confirm(self, page: Page) -> None:
        page.wait_for_selector("[name=promise]")
        self.shoot(page, "phone-confirm")
        page.locator("[name=promise]").check(force=True)
        page.click("button:has-text('确认提交')")
        page.wait_for_selector("text=已提交")

    def review(self, at: str) -> None:
        with self.as_("fangzhiqiang", at) as page:
            self.shoot(page, "review", "form[action$='/return/']")
            page.fill("form[action$='/accept/'] [name=reason]", "措施具体，责任到人。")
            page.click("button:has-text('通过复核')")
            page.wait_for_selector("text=已通过复核")
            page.evaluate("window.scrollTo(0, 0)")
            self.shoot(page, "accepted")

    def screens(self, at: str) -> None:
        with self.as_("shenzhiyuan", "/meeting/") as page:
            self.shoot(page, "meeting")
        with self.as_("lijianguo", "/judge/policies/1/") as page:
            page.wait_for_timeout(3000)
            self.shoot(page, "policy")
        with self.as_("wangli", at) as page:
            self.shoot(page, "warning")
            self.go(page, "/enterprises/?q=" + page.inner_text("main h1"))
            page.click("main tbody a[href^='/enterprises/']")
            page.wait_for_selector("text=现在状态")
            self.shoot(page, "dossier")

    def figures(self) -> None:
        """会商一页 and a pivot of 交叉分析, whole pages, at three widths."""
        for width, height in WIDTHS.items():
            with self.as_("shenzhiyuan", "/meeting/", {"width": width, "height": height}) as page:
                self.whole(page, f"meeting-{width}")
                self.go(page, PIVOT)
                self.whole(page, f"cube-{width}")

    def whole(self, page: Page, name: str) -> None:
        """The page from its head down; one that scrolls sideways stops the walk."""
        for chart in page.locator("[data-chart] > .canvas").all():
            chart.locator("canvas").first.wait_for(state="attached")
        page.wait_for_timeout(1000)
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            raise SystemExit(f"{name}: the page runs {over} pixels over its window.")
        width, height = page.evaluate("[window.innerWidth, document.documentElement.scrollHeight]")
        clip = {"x": 0, "y": 0, "width": width, "height": min(height, TALL[width])}
        page.screenshot(path=str(OUT / f"{name}.png"), full_page=True, clip=clip)
        sys.stdout.write(f"{name}.png\n")


def main(home: Path, address: str, part: str = "") -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        walk = Walk(browser, address, home)
        walk.figures()
        if part == "figures":
            return
        walk.file_to_drafts()
        yellow, red = walk.drafted("风险提示函"), walk.drafted("通报")
        office = {"contact": "王丽", "contact_phone": "0990-1000086"}
        walk.fill_and_submit(yellow, office, "draft")
        walk.sign_and_issue(yellow, "signed")
        walk.unit_acknowledges(walk.practice_link("风险提示函"), "phone-yellow")
        walk.interview_and_close(yellow)
        walk.fill_and_submit(red, office | {"problems": "新职工岗前培训不到位\n仓库与包装车间人车不分道"})
        walk.sign_and_issue(red)
        walk.unit_reports(walk.practice_link("《通报》"))
        walk.review(red)
        walk.screens(red)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(sys.argv[2:4] or ["http://127.0.0.1:8000"]))
