import pyarrow as pa

from wushang.pool.tables import Table

TABLE = Table(
    "headcounts",
    (
        ("enterprise", pa.int64()),
        ("month", pa.date32()),
        ("insured", pa.int32()),
        ("rural", pa.int32()),
        ("wages", pa.int64()),
        ("due", pa.int64()),
        ("paid", pa.int64()),
        ("rate", pa.int32()),
        ("mode", pa.string()),
        ("region", pa.string()),
        ("industry", pa.string()),
    ),
    month="month",
)
