"""The places of 云溪市: towns with their tile in the outline, the city's departments. All invented."""

from __future__ import annotations

from dataclasses import dataclass

CITY = "云溪市"
CITY_CODE = "990100"


@dataclass(frozen=True)
class Town:
    """A township, street or functional zone with its weight in the city's economy and its tile (column, row)."""

    code: str
    name: str
    kind: str
    weight: float
    column: int
    row: int


def _town(number: int, name: str, weight: float, column: int, row: int) -> Town:
    kind = "zone" if name.endswith("区") else "street" if name.endswith("街道") else "town"
    return Town(f"{CITY_CODE}{number:03d}", name, kind, weight, column, row)


TOWNS: tuple[Town, ...] = (
    _town(901, "经济开发区", 3.2, 3, 1),
    _town(1, "东城街道", 2.4, 3, 2),
    _town(2, "西溪街道", 1.8, 1, 2),
    _town(3, "江滨街道", 1.6, 2, 2),
    _town(4, "南苑街道", 1.3, 2, 3),
    _town(101, "石塘镇", 1.6, 4, 2),
    _town(102, "象湖镇", 1.3, 4, 1),
    _town(103, "古埠镇", 1.1, 4, 3),
    _town(104, "白洋镇", 0.9, 1, 1),
    _town(105, "龙岭镇", 0.8, 0, 2),
    _town(106, "北渚镇", 0.7, 2, 0),
    _town(107, "花屿镇", 0.6, 2, 1),
    _town(108, "柳桥镇", 0.7, 3, 3),
    _town(109, "桐坑镇", 0.5, 1, 3),
    _town(110, "望潮镇", 0.5, 5, 2),
    _town(111, "青枫镇", 0.4, 0, 1),
)

# code, name, short name, kind
DEPARTMENTS: tuple[tuple[str, str, str, str], ...] = (
    ("rsj", "云溪市人力资源和社会保障局", "人社局", "human_resources"),
    ("yjj", "云溪市应急管理局", "应急局", "emergency"),
    ("awb", "云溪市安全生产委员会办公室", "安委办", "safety_committee"),
    ("wjj", "云溪市卫生健康局", "卫健局", "health"),
    ("swj", "国家税务总局云溪市税务局", "税务局", "tax"),
    ("jbzx", "云溪市社会保险经办中心", "经办中心", "insurance_agency"),
    ("scjgj", "云溪市市场监督管理局", "市场监管局", "market_regulation"),
    ("jxj", "云溪市经济和信息化局", "经信局", "industry"),
    ("zjj", "云溪市住房和城乡建设局", "住建局", "housing"),
    ("jtj", "云溪市交通运输局", "交通局", "transport"),
    ("swuj", "云溪市商务局", "商务局", "commerce"),
    ("jyj", "云溪市教育局", "教育局", "education"),
    ("zgh", "云溪市总工会", "总工会", "union"),
)


def region_rows() -> list[tuple[str, str, str, str]]:
    """Rows of regions.csv: code, name, kind, parent."""
    return [(CITY_CODE, CITY, "city", "")] + [(t.code, t.name, t.kind, CITY_CODE) for t in TOWNS]


def department_rows() -> list[tuple[str, str, str, str, str]]:
    """Rows of departments.csv: code, name, short_name, kind, region; each town has its government too."""
    own = [(*d, CITY_CODE) for d in DEPARTMENTS]
    for town in TOWNS:
        office = {"zone": "管理委员会", "street": "办事处", "town": "人民政府"}[town.kind]
        own.append((f"town-{town.code}", f"{CITY}{town.name}{office}", town.name, "township", town.code))
    return own


def outline() -> dict[str, object]:
    """outline.json: a tile grid, one square a town; column counts from the west, row from the north."""
    tiles = [{"code": t.code, "name": t.name, "column": t.column, "row": t.row} for t in TOWNS]
    return {"region": CITY_CODE, "name": CITY, "columns": 6, "rows": 4, "tiles": tiles}
