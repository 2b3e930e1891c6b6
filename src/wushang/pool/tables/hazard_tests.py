import pyarrow as pa

from wushang.pool.tables import Table

TABLE = Table(
    "hazard_tests",
    (
        ("enterprise", pa.int64()),
        ("tested", pa.date32()),
        ("factor", pa.string()),
        ("measured", pa.int64()),  # millionths of the unit
        ("limit", pa.int64()),
        ("exceeded", pa.bool_()),
        ("region", pa.string()),
        ("industry", pa.string()),
    ),
)
