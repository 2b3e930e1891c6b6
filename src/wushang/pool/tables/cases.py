import pyarrow as pa

from wushang.pool.tables import Table

TABLE = Table(
    "cases",
    (
        ("case", pa.int64()),
        ("enterprise", pa.int64()),
        ("policy", pa.string()),
        ("rule", pa.string()),  # the title of the version that judged
        ("level", pa.string()),
        ("state", pa.string()),
        ("opened", pa.date32()),
        ("report_due", pa.date32()),
        ("submitted", pa.date32()),
        ("late", pa.bool_()),
        ("accepted", pa.date32()),
        ("ended", pa.date32()),
    ),
)
