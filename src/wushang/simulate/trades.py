"""The trades (industries) of the city: size, risk, workshops, posts. Codes are of GB/T 4754-2017.

`rate` is injuries at work a year per 1,000 workers of more than three months' standing, invented but of the order
that public bulletins show (6-21 per mille). `risk_class` and base rate follow 人社部发〔2015〕71号.
"""

from __future__ import annotations

from dataclasses import dataclass

BASE_RATE_MILLIONTHS = {1: 2000, 2: 4000, 3: 7000, 4: 9000, 5: 11000, 6: 13000, 7: 16000, 8: 19000}
CLASS_ZH = "零一二三四五六七八"


@dataclass(frozen=True)
class Trade:
    """One industry as the simulation knows it."""

    code: str
    title: str
    group: str
    weight: float
    median_size: float
    rate: float
    risk_class: int
    dip: float
    turnover: float
    rural: float
    women: float
    wage: int
    regulator: str
    suffixes: tuple[str, ...]
    posts: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, float], ...]


_METAL_KINDS = (("机械伤害", 55.0), ("物体打击", 20.0), ("其他伤害", 12.0), ("灼烫", 4.0), ("车辆伤害", 3.0),
                ("起重伤害", 3.0), ("触电", 1.0), ("高处坠落", 2.0))  # fmt: skip
_BUILD_KINDS = (("高处坠落", 38.0), ("物体打击", 30.0), ("坍塌", 4.0), ("机械伤害", 12.0), ("触电", 3.0),
                ("起重伤害", 5.0), ("其他伤害", 8.0))  # fmt: skip
_ROAD_KINDS = (("车辆伤害", 38.0), ("物体打击", 28.0), ("高处坠落", 14.0), ("其他伤害", 16.0), ("机械伤害", 4.0))
_CHEM_KINDS = (("灼烫", 30.0), ("中毒和窒息", 10.0), ("机械伤害", 26.0), ("物体打击", 18.0), ("其他伤害", 16.0))
_SOFT_KINDS = (("其他伤害", 52.0), ("物体打击", 18.0), ("灼烫", 14.0), ("高处坠落", 10.0), ("机械伤害", 6.0))

_METAL_POSTS = (("金工车间", "冲床工"), ("金工车间", "车床工"), ("焊接车间", "焊工"), ("抛光车间", "抛光工"),
                ("总装车间", "装配工"), ("包装车间", "包装工"), ("仓库", "搬运工"))  # fmt: skip
_DOOR_POSTS = (("下料车间", "剪板工"), ("压花车间", "压力机操作工"), ("折弯车间", "折弯工"), ("焊接车间", "焊工"),
               ("胶合车间", "胶合工"), ("喷涂车间", "喷涂工"), ("包装车间", "包装工"))  # fmt: skip
_BUILD_POSTS = (("主体工段", "钢筋工"), ("主体工段", "木工"), ("主体工段", "架子工"), ("装修工段", "泥瓦工"),
                ("安装工段", "电工"), ("土方工段", "普工"))  # fmt: skip
_ROAD_POSTS = (("车队", "货车司机"), ("装卸组", "装卸工"), ("分拣中心", "分拣员"), ("仓储部", "叉车司机"))
_CHEM_POSTS = (("合成车间", "操作工"), ("灌装车间", "灌装工"), ("公用工程", "维修工"), ("仓库", "搬运工"))
_PLAST_POSTS = (("注塑车间", "注塑工"), ("破碎车间", "破碎工"), ("装配车间", "装配工"), ("仓库", "搬运工"))
_SHOP_POSTS = (("卖场", "理货员"), ("收银", "收银员"), ("仓库", "搬运工"), ("后厨", "厨工"))
_SCHOOL_POSTS = (("教学部", "教师"), ("后勤部", "食堂工"), ("后勤部", "保洁员"))


TRADES: tuple[Trade, ...] = (
    Trade("C3382", "金属制餐具和器皿制造", "metal", 18, 80, 15.0, 4, 0.85, 0.045, 0.72, 0.45, 6100, "industry",
          ("杯业", "保温容器", "日用制品"), _METAL_POSTS, _METAL_KINDS),
    Trade("C3312", "金属门窗制造", "metal", 14, 70, 17.0, 4, 0.84, 0.045, 0.75, 0.30, 6300, "industry",
          ("门业", "金属门", "安全门"), _DOOR_POSTS, _METAL_KINDS),
    Trade("C3351", "建筑、家具用金属配件制造", "metal", 13, 40, 16.0, 4, 0.86, 0.04, 0.70, 0.38, 5900, "industry",
          ("五金", "五金制品", "金属配件"), _METAL_POSTS, _METAL_KINDS),
    Trade("C3360", "金属表面处理及热处理加工", "metal", 5, 35, 15.0, 4, 0.86, 0.05, 0.78, 0.25, 6200, "emergency",
          ("金属表面处理", "电镀", "热处理"), _METAL_POSTS, _METAL_KINDS),
    Trade("C3465", "风动和电动工具制造", "machinery", 6, 75, 11.0, 4, 0.87, 0.035, 0.66, 0.42, 6400, "industry",
          ("电动工具", "机电", "工具"), _METAL_POSTS, _METAL_KINDS),
    Trade("C2929", "塑料零件及其他塑料制品制造", "plastics", 6, 40, 11.0, 4, 0.88, 0.04, 0.66, 0.45, 5700, "industry",
          ("塑业", "塑料制品", "包装材料"), _PLAST_POSTS, _METAL_KINDS),
    Trade("C2614", "有机化学原料制造", "chemicals", 3, 70, 7.0, 6, 0.95, 0.02, 0.45, 0.22, 7600, "emergency",
          ("化学", "化工", "新材料"), _CHEM_POSTS, _CHEM_KINDS),
    Trade("C2641", "涂料制造", "chemicals", 2, 45, 7.5, 6, 0.94, 0.025, 0.50, 0.25, 7000, "emergency",
          ("涂料", "漆业", "粉末涂料"), _CHEM_POSTS, _CHEM_KINDS),
    Trade("E4710", "住宅房屋建筑", "construction", 6, 110, 14.0, 6, 0.70, 0.07, 0.88, 0.10, 7200, "construction",
          ("建设", "建筑工程", "建工"), _BUILD_POSTS, _BUILD_KINDS),
    Trade("E5013", "建筑幕墙装饰和装修", "construction", 3, 30, 12.0, 5, 0.74, 0.06, 0.82, 0.12, 6900, "construction",
          ("装饰工程", "装饰", "幕墙工程"), _BUILD_POSTS, _BUILD_KINDS),
    Trade("G5431", "普通货物道路运输", "logistics", 5, 35, 12.0, 5, 0.86, 0.04, 0.64, 0.12, 7100, "transport",
          ("物流", "运输", "货运"), _ROAD_POSTS, _ROAD_KINDS),
    Trade("G5920", "通用仓储", "logistics", 2, 30, 9.0, 2, 0.90, 0.035, 0.60, 0.30, 6000, "transport",
          ("仓储", "供应链"), _ROAD_POSTS, _ROAD_KINDS),
    Trade("L7263", "劳务派遣服务", "dispatch", 3, 160, 13.0, 2, 0.80, 0.08, 0.85, 0.40, 5600, "hrss",
          ("劳务派遣", "人力资源"), _METAL_POSTS, _METAL_KINDS),
    Trade("F5212", "超级市场零售", "shops", 7, 22, 4.0, 2, 1.0, 0.03, 0.45, 0.66, 4800, "commerce",
          ("超市", "商贸"), _SHOP_POSTS, _SOFT_KINDS),
    Trade("H6210", "正餐服务", "shops", 4, 24, 4.5, 2, 0.95, 0.05, 0.58, 0.60, 4700, "commerce",
          ("餐饮", "酒店管理"), _SHOP_POSTS, _SOFT_KINDS),
    Trade("P8321", "普通小学教育", "schools", 2, 60, 1.6, 2, 1.0, 0.008, 0.05, 0.70, 8600, "education",
          ("小学",), _SCHOOL_POSTS, _SOFT_KINDS),
    Trade("P8331", "普通初中教育", "schools", 1, 85, 1.6, 2, 1.0, 0.008, 0.05, 0.62, 8900, "education",
          ("中学",), _SCHOOL_POSTS, _SOFT_KINDS),
)  # fmt: skip

# From 2026-07-01 events are coded by GB 6441-2025 (domain: 机械伤害 became 机械致害, and so on).
KINDS_2025 = {
    "机械伤害": "机械致害", "物体打击": "物体打击", "高处坠落": "高处坠落", "车辆伤害": "厂(场)内车辆致害",
    "起重伤害": "起重致害", "触电": "触电", "灼烫": "灼烫", "中毒和窒息": "中毒", "坍塌": "坍塌",
    "其他伤害": "其他事故",
}  # fmt: skip


def of_group(group: str) -> list[int]:
    """Numbers of the trades that belong to a group (metal, construction ...)."""
    return [i for i, trade in enumerate(TRADES) if trade.group == group]
