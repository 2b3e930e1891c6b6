import pyarrow as pa

from wushang.pool.tables import Table

TABLE = Table(
    "payments",
    (
        ("enterprise", pa.int64()),
        ("month", pa.date32()),
        ("item", pa.string()),
        ("amount", pa.int64()),  # fen; negative: 冲红
        ("paid_to", pa.string()),
        ("fund_source", pa.string()),
        ("advance", pa.bool_()),
        ("region", pa.string()),
        ("industry", pa.string()),
    ),
    month="month",
    close=("item",),  # an item tells of one person's disability or death
)
