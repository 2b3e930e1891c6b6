import pyarrow as pa

from wushang.pool.tables import Table

TABLE = Table(
    "enterprises",
    (
        ("enterprise", pa.int64()),
        ("name", pa.string()),
        ("uscc", pa.string()),
        ("region", pa.string()),
        ("industry", pa.string()),
        ("size", pa.string()),
        ("tag", pa.string()),
        ("regulator", pa.string()),
        ("state", pa.string()),
        ("provisional", pa.bool_()),
        ("merged_into", pa.int64()),
    ),
)
