"""Every page template, drawn with the context its head comment promises: the words, the next step, the one blue button."""

import re
from pathlib import Path

import pytest
import yaml
from django.template.loader import render_to_string
from django.test import RequestFactory

import wushang

PAGES = Path(__file__).with_name("pages")
TEMPLATES = Path(wushang.__file__).parent / "web" / "templates"


def drawn(name: str, **more: object) -> str:
    page = yaml.safe_load((PAGES / f"{name}.yaml").read_text(encoding="utf-8"))
    request = RequestFactory().get("/")
    return render_to_string(page["template"], {"mode": "demo", "city": "云溪市", **page["context"], **more}, request)


def words(html: str) -> str:
    """What a reader sees: the text without tags, runs of white space as one space."""
    return re.sub(r"\s+", " ", re.sub(r"<script.*?</script>|<[^>]+>", "", html, flags=re.S))


@pytest.mark.parametrize("name", sorted(p.stem for p in PAGES.glob("*.yaml")))
def test_every_page_says_it_is_practice_and_has_no_inline_code(name):
    html = drawn(name, mode="demo")
    assert "练习数据，不会发送" in html
    assert not re.search(r"<[^>]*\s(style|on[a-z]+)=", html)


@pytest.mark.parametrize("name", sorted(p.stem for p in PAGES.glob("*.yaml")))
def test_every_page_has_at_most_one_blue_button(name):
    assert len(re.findall(r'class="button[^"]*\bprimary\b', drawn(name))) <= 1


def test_a_trial_says_it_only_counts_and_a_live_page_says_nothing():
    assert "试运行：只算不发" in drawn("desk", mode="trial")
    assert 'class="band"' not in drawn("desk", mode="live")


def test_the_desk_tells_the_day_and_what_presses():
    text = words(drawn("desk"))
    assert "3月20日 星期五数据截至 3月18日您有 8 件待办，其中 2 件今天到期，1 件已逾期" in text
    assert "3月18日 已逾期 2 天" in text and "3月20日 今天到期" in text and "3月27日 还剩 7 天" in text


def test_the_late_row_has_the_bar_and_the_others_do_not():
    assert drawn("desk").count('<tr class="is-late">') == 1


def test_a_desk_without_work_names_the_next_item():
    assert "下一件：3月24日 云溪市恒达塑胶有限公司 整改报告到期。" in words(drawn("desk_empty"))


def test_the_first_day_shows_four_steps_two_of_them_done():
    html = drawn("desk_first")
    assert html.count('class="is-done"') == 2 and "上传台账" in html and "历史数据只用来计算，不会发送任何通知" in html


def test_the_towns_of_the_meeting_page_add_up_to_the_sentence():
    page = yaml.safe_load((PAGES / "meeting.yaml").read_text(encoding="utf-8"))["context"]
    assert sum(row["count"] for row in page["towns"]["rows"]) == page["towns"]["total"]["count"] == 1203
    assert "2026年1—2月全市接报工伤事故 1,203 起，比上年同期下降 6.2%（属正常波动）" in words(drawn("meeting"))


def test_every_picture_of_the_meeting_page_has_its_table():
    html = drawn("meeting")
    assert html.count("data-chart=") == html.count("看表") == 3


def test_a_meeting_page_without_all_reports_shows_no_figure():
    text = words(drawn("meeting_missing"))
    assert "本期数据未齐，暂不出数" in text and "起数" not in text


def test_the_wall_shows_no_unit_name_by_default():
    text = words(drawn("wall"))
    assert "单位名称未显示" in text and "有限公司" not in text


def test_the_phone_speaks_without_rate_or_interval():
    text = words(drawn("phone_case"))
    assert "今年收到工伤事故报告 3 起。您单位参保 58 人，发生 3 起；同行业、参保 29～116 人的 24 家单位同期大多 0～1 起。" in text
    assert "‰" not in text and "置信" not in text


def test_only_the_step_of_today_can_be_pressed():
    steps = drawn("phone_case").split('<ol class="steps">')[1].split("</ol>")[0]
    assert steps.count("<button") == 1 and "确认签收" in steps


def test_every_step_tells_its_own_last_day():
    steps = words(drawn("phone_case").split('<ol class="steps">')[1].split("</ol>")[0])
    assert steps.count("4月18日前") == 2 and "3月24日前 还剩 4 天" in steps


def test_a_returned_answer_has_the_reason_beside_its_field():
    html = drawn("phone_questions")
    place = html.index("退回原因：")
    assert html.index("2. 冲床") < place < html.index("3. 新来")


def test_a_visit_can_be_sent_back_with_a_reason():
    html = drawn("visits")
    assert html.count("不属本辖区，退回改派") == 8 and html.count('name="reason" required') == 4


def test_a_row_of_another_length_than_its_head_is_refused():
    from wushang.web.templatetags.wushang import under

    with pytest.raises(ValueError, match="longer"):
        under(["a"], ["A", "B"])


@pytest.mark.parametrize(
    "path",
    sorted(p for p in TEMPLATES.rglob("*.html") if p.parent.name != "look" and p.name not in ("400.html", "500.html", "507.html")),
    ids=lambda p: p.name,
)
def test_every_chinese_word_of_a_template_can_be_translated(path):
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", text, flags=re.S)
    text = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", text, flags=re.S)
    text = re.sub(r"""{% translate (".*?"|'.*?')( as \w+)? %}|_\(".*?"\)""", "", text)
    assert re.findall(r"[\u4e00-\u9fff]+", text) == []


def test_the_plain_error_page_stands_without_any_context():
    assert "这一步没有办成，您填的内容没有入库。" in render_to_string("500.html")
