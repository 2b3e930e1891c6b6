import pyarrow as pa

from wushang.pool.tables import Table

TABLE = Table(
    "standings",
    (
        ("enterprise", pa.int64()),
        ("kind", pa.string()),
        ("grade", pa.string()),
        ("year", pa.int16()),
        ("valid_from", pa.date32()),
        ("valid_to", pa.date32()),
    ),
)
