import pyarrow as pa

from wushang.pool.tables import Table

TABLE = Table(
    "penalties",
    (
        ("enterprise", pa.int64()),
        ("decided", pa.date32()),
        ("amount", pa.int64()),  # fen
        ("region", pa.string()),
        ("industry", pa.string()),
    ),
)
