import pyarrow as pa

from wushang.pool.tables import Table

TABLE = Table(
    "injuries",
    (
        ("injury", pa.int64()),
        ("event", pa.string()),
        ("enterprise", pa.int64()),  # 实际用工单位 where known, else 责任单位
        ("employer", pa.int64()),
        ("host", pa.int64()),
        ("worker", pa.int64()),
        ("occurred", pa.date32()),
        ("hour", pa.int16()),
        ("reported", pa.date32()),
        ("accepted", pa.date32()),
        ("recognised", pa.date32()),
        ("status", pa.string()),
        ("situation", pa.string()),
        ("at_work", pa.bool_()),
        ("kind", pa.string()),
        ("severity", pa.string()),
        ("part", pa.string()),
        ("nature", pa.string()),
        ("grade", pa.int16()),
        ("tenure_days", pa.int32()),
        ("employment", pa.string()),
        ("region", pa.string()),
        ("industry", pa.string()),
        ("sex", pa.string()),
        ("age_band", pa.string()),
        ("workshop_kind", pa.string()),
        ("post_kind", pa.string()),
        ("sender", pa.string()),  # the department whose report the injury rests on
    ),
    month="occurred",
    enterprise=("employer", "host"),
    close=("worker", "part", "nature", "grade", "sex", "age_band", "workshop_kind", "post_kind"),
)
