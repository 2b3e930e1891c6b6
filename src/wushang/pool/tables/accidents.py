import pyarrow as pa

from wushang.pool.tables import Table

TABLE = Table(
    "accidents",
    (
        ("enterprise", pa.int64()),
        ("occurred", pa.date32()),
        ("hour", pa.int16()),
        ("kind", pa.string()),
        ("grade", pa.string()),
        ("dead", pa.int32()),
        ("serious", pa.int32()),
        ("minor", pa.int32()),
        ("missing", pa.int32()),
        ("loss", pa.int64()),  # fen
        ("productive", pa.bool_()),
        ("closed", pa.date32()),
        ("region", pa.string()),
        ("industry", pa.string()),
    ),
    month="occurred",
)
