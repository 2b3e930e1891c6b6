import pyarrow as pa

from wushang.pool.tables import Table

TABLE = Table(
    "projects",
    (
        ("enterprise", pa.int64()),  # 施工总承包单位
        ("month", pa.date32()),
        ("heads", pa.int32()),  # 实名人数 at the end of the month
        ("contract", pa.int64()),
        ("levy", pa.int64()),
        ("region", pa.string()),
        ("industry", pa.string()),
    ),
    month="month",
)
