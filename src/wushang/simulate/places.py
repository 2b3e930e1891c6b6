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

PROVINCE = ("990000", "示例省", "province", "")

# kind (code list department_kind), name, short name
DEPARTMENTS: tuple[tuple[str, str, str], ...] = (
    ("hrss", "云溪市人力资源和社会保障局", "人社局"),
    ("agency", "云溪市社会保险经办中心", "经办中心"),
    ("emergency", "云溪市应急管理局", "应急局"),
    ("safety_committee", "云溪市安全生产委员会办公室", "安委办"),
    ("health", "云溪市卫生健康局", "卫健局"),
    ("tax", "国家税务总局云溪市税务局", "税务局"),
    ("market", "云溪市市场监督管理局", "市场监管局"),
    ("industry", "云溪市经济和信息化局", "经信局"),
    ("construction", "云溪市住房和城乡建设局", "住建局"),
    ("transport", "云溪市交通运输局", "交通局"),
    ("commerce", "云溪市商务局", "商务局"),
    ("education", "云溪市教育局", "教育局"),
    ("union", "云溪市总工会", "总工会"),
    ("government", "云溪市人民政府", "市政府"),
    ("audit", "云溪市审计局", "审计局"),
)


def region_rows() -> list[tuple[str, str, str, str]]:
    """Rows of regions.csv: code, name, kind, parent."""
    towns = [(t.code, t.name, "zone" if t.kind == "zone" else "township", CITY_CODE) for t in TOWNS]
    return [PROVINCE, (CITY_CODE, CITY, "county", PROVINCE[0]), *towns]


def department_rows() -> list[tuple[str, str, str, str, str]]:
    """Rows of departments.csv: code, name, short_name, kind, region; each town has its government too."""
    own = [(f"{CITY_CODE}-{kind}", name, short, kind, CITY_CODE) for kind, name, short in DEPARTMENTS]
    for town in TOWNS:
        office = {"zone": "管理委员会", "street": "办事处", "town": "人民政府"}[town.kind]
        own.append((f"{town.code}-town", f"{CITY}{town.name}{office}", town.name, "township", town.code))
    return own


def outline() -> dict[str, object]:
    """outline.json: a tile grid, one square a town; column counts from the west, row from the north."""
    tiles = [{"code": t.code, "name": t.name, "column": t.column, "row": t.row} for t in TOWNS]
    return {"region": CITY_CODE, "name": CITY, "columns": 6, "rows": 4, "tiles": tiles}
