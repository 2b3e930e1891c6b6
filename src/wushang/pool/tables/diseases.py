import pyarrow as pa

from wushang.pool.tables import Table

TABLE = Table(
    "diseases",
    (
        ("enterprise", pa.int64()),
        ("disease", pa.string()),
        ("stage", pa.string()),
        ("occurred", pa.date32()),
        ("reported", pa.date32()),
        ("status", pa.string()),
        ("died", pa.date32()),
        ("region", pa.string()),
        ("industry", pa.string()),
    ),
    close=("disease", "stage", "died"),
)
