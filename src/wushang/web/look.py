"""/look/ — every component on one page with long names and empty states, for the eye; only in demo mode."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

LONG = "云溪市鸿岳新型防火防盗安全门制造与智能锁具集成应用股份有限公司东城分公司"
TODAY = date(2026, 3, 20)


def look(request: HttpRequest) -> HttpResponse:
    """The style page; another mode has no such page."""
    if settings.WUSHANG_MODE != "demo":
        raise Http404
    return render(request, "look/look.html", sample())


look.verbs = ("public",)  # type: ignore[attr-defined]  # sample words only, no data of anybody


def sample() -> dict[str, object]:
    """The context of the style page."""
    pages = Paginator(range(1203), 50)
    page = pages.page(3)
    page.pages_near = pages.get_elided_page_range(3, on_each_side=1, on_ends=1)  # type: ignore[attr-defined]
    return {
        "today": TODAY, "long": LONG, "page": page, "rows": rows(), "stages": stages(), "steps": list(timeline()),
        "trend": trend(), "industries": bars(), "small": multiples(), "tiles": tiles(), "lanes": lanes(),
        "acts": [{"title": "查看本周", "url": "#"}, {"title": "上传数据", "url": "#"}],
    }  # fmt: skip


def rows() -> list[dict[str, object]]:
    return [
        {"due": date(2026, 3, 18), "what": "登记送达：邮寄退回，改当面", "level": "yellow", "name": LONG, "town": "东城街道", "n": 1203, "rate": 3.114, "change": -6.24, "op": "登记送达"},
        {"due": date(2026, 3, 20), "what": "审阅整改报告（第 1 次）", "level": "orange", "name": "云溪市恒岳杯业有限公司", "town": "经济开发区", "n": 58, "rate": 36.1, "change": 10.5, "op": "审阅"},
        {"due": date(2026, 3, 27), "what": "修改通报稿：科长退回", "level": "red", "name": "云溪市同创电动工具制造有限公司", "town": "经济开发区", "n": 2, "rate": None, "change": float("inf"), "op": "修改"},
        {"due": None, "what": "名单核查：总工会 80 家", "level": None, "name": "来函：评先评优名单核查", "town": "—", "n": 0, "rate": float("nan"), "change": 0, "op": "核查"},
    ]  # fmt: skip


def stages() -> list[dict[str, str]]:
    done = [("研判", "3月17日 08:00", "自动"), ("起草", "3月18日", "王丽"), ("审核", "3月19日", "李建国"), ("签发", "3月19日", "周敏")]
    later = [("整改", "4月18日前", "单位"), ("复核", "10 个工作日内", "王丽"), ("评估", "整改通过后 3 个月", "应急局"), ("办结", "", "")]
    return [
        *[{"title": t, "state": "done", "when": w, "who": p} for t, w, p in done],
        {"title": "送达", "state": "now", "when": "3月24日前", "who": "王丽"},
        *[{"title": t, "state": "next", "when": w, "who": p} for t, w, p in later],
    ]


def timeline() -> list[tuple[datetime, str]]:
    return [
        (datetime(2026, 3, 20, 0, 41, tzinfo=UTC), "应急管理局接收转办，专项检查 4月10日前反馈"),
        (datetime(2026, 3, 19, 7, 40, tzinfo=UTC), "签发整改建议书，云人社预〔2026〕37号"),
        (datetime(2026, 3, 17, 0, 0, tzinfo=UTC), "研判：达到橙色条件"),
    ]


MONTHS = [f"{y}-{m:02d}" for y in (2024, 2025, 2026) for m in range(1, 13)][2:27]
VALUES = [768, 753, 741, 730, 748, 735, 705, 664, 652, 641, 548, 734, 645, 623, 606, 588, 601, 580, 553, 571, 592, 604, 702, 501]


def trend() -> dict[str, object]:
    """Twenty-four months and the unripe one."""
    return {
        "unit": "起", "name": "每月接报起数", "months": MONTHS, "values": [*VALUES, None],
        "low": [None] * 12 + [590, 575, 562, 548, 556, 540, 520, 522, 540, 552, 640, 470, 480],
        "high": [None] * 12 + [695, 672, 655, 640, 648, 630, 606, 610, 628, 645, 770, 560, 575],
        "last": [None] * 12 + [*VALUES[:12], 645],
        "unripe": {"from": "2026-03", "to": "2026-03", "says": "斜纹：3月未完，申报期未满，不计入"},
        "joined": [{"from": "2025-01", "to": "2025-02", "label": "1—2月合计 1,282"}, {"from": "2026-01", "to": "2026-02", "label": "1—2月合计 1,203"}],
    }  # fmt: skip


def bars() -> dict[str, object]:
    names = ["金属制品业", "通用设备制造业", "电气机械制造业", "房屋建筑业", "道路运输业", "其他行业"]
    now, last = [412, 168, 121, 96, 74, 332], [438, 184, 122, 110, 80, 348]
    return {
        "unit": "起",
        "rows": [{"name": n, "value": v, "last": w, "rest": n == "其他行业"} for n, v, w in zip(names, now, last, strict=True)],
    }


def multiples() -> dict[str, object]:
    names = ["机械伤害", "物体打击", "车辆伤害", "高处坠落", "灼烫", "其他"]
    return {
        "unit": "起",
        "months": MONTHS[12:24],
        "panels": [{"name": n, "values": [round(v / (3 + 2 * i)) for v in VALUES[12:]]} for i, n in enumerate(names)],
    }


def tiles() -> dict[str, object]:
    towns = "经济开发区 东城街道 石塘镇 西溪街道 象湖镇 江滨街道 古埠镇 白洋镇 南苑街道 龙岭镇 北渚街道 花屿镇 柳桥镇 桐坑镇 望潮镇 青枫镇".split()
    counts = [236, 168, 121, 109, 98, 82, 74, 63, 57, 48, 41, 34, 27, 21, 15, 9]
    return {
        "unit": "起",
        "tiles": [{"name": n, "row": i // 4, "col": i % 4, "value": v, "url": "#"} for i, (n, v) in enumerate(zip(towns, counts, strict=True))],
    }


def lanes() -> dict[str, object]:
    return {
        "from": "2024-01-01", "to": "2026-03-31", "unripe_from": "2026-02-20",
        "line": {"name": "参保人数", "unit": "人", "points": [["2024-01-01", 52], ["2024-09-01", 55], ["2025-02-01", 49], ["2025-06-01", 55], ["2025-12-01", 57], ["2026-02-01", 53], ["2026-03-18", 58]]},
        "lanes": [
            {"name": "事故", "shape": "dot", "events": [{"date": "2024-11-18", "label": "机械伤害"}, {"date": "2025-04-22", "label": "物体打击"}, {"date": "2025-09-03", "label": "灼烫"}, {"date": "2026-01-12", "label": "机械"}, {"date": "2026-02-04", "label": "物体"}, {"date": "2026-03-06", "label": "车辆"}]},
            {"name": "预警", "shape": "level", "events": [{"date": "2026-03-19", "label": "橙 3月19日", "level": "orange"}]},
            {"name": "检查", "shape": "square", "events": [{"date": "2024-05-16"}, {"date": "2025-06-10"}, {"date": "2025-10-22"}]},
            {"name": "培训", "shape": "stroke", "events": [{"date": "2024-03-20"}, {"date": "2024-09-12"}, {"date": "2025-03-14"}, {"date": "2025-09-18"}]},
        ],
    }  # fmt: skip
