import pyarrow as pa

from wushang.pool.tables import Table

TABLE = Table(
    "disease_hazards",
    (
        ("enterprise", pa.int64()),
        ("kind", pa.string()),
        ("factor", pa.string()),
        ("opened", pa.date32()),
        ("closed", pa.date32()),
        ("due", pa.date32()),
        ("region", pa.string()),
        ("industry", pa.string()),
    ),
)
