"""`wushang collect FILE --source NAME`: receive, check and confirm one file; what came of it as plain numbers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.inforce import Taken, in_force, table_of_file
from wushang.collect.models import Batch
from wushang.people.actor import Actor
from wushang.people.deed import NotAllowed, refuse
from wushang.people.models import Department
from wushang.terms.problem import Refused


def collect_file(
    path: Path,
    source: str,
    actor: Actor,
    at: datetime,
    historical: bool = False,
    sender: str = "",
    reason: str = "",
) -> dict[str, Any]:
    """One file through receive, check and confirm; landing is the next stage's. The same file again: same_as, no change."""
    began = perf_counter()
    table = Taken(source) if source else table_of_file(path, path.name, None)
    try:
        deed = ReceiveFile(actor, at, path, path.name, sender_of(table.source, sender, at), table.source, None, historical, table=table)
        batch = deed.do()
    except Refused as refused:
        if refused.problem.code != "same_file":
            raise
        return report(Batch.objects.get(pk=int(refused.problem.value)), path, began) | {"same_file": True}
    check(batch, at)
    batch.refresh_from_db()
    asked = None
    if batch.state == Batch.CHECKED:
        try:
            batch = ConfirmBatch(actor, at, batch, reason).do()
        except NotAllowed:
            raise
        except Refused as refused:  # it waits, checked, for a person who says why
            asked = refused.problem.to_json()
    return report(batch, path, began) | ({"problem": asked} if asked else {})


def sender_of(source: str, code: str, at: datetime) -> Department:
    """The department that sends: the one named, else the only one of the kind the source declares."""
    if code:
        found = list(Department.objects.filter(code=code))
    else:
        kinds = in_force(source, at).loaded().departments
        found = next((some for kind in kinds if (some := list(Department.objects.filter(kind=kind)))), [])
    if len(found) == 1:
        return found[0]
    names = "、".join(f"{d.code} {d.short_name}" for d in found) or "一个也没有"
    raise refuse(
        "which_sender", f"不能确定是哪个部门报送的（符合的部门：{names}）。", "请用 --sender 写明部门代码。", value=code
    )


def report(batch: Batch, path: Path, began: float) -> dict[str, Any]:
    """The numbers of a delivery, for print and for machines."""
    codes: dict[str, int] = {}
    for problems in batch.quarantined.values_list("problems", flat=True):
        for code in {p["code"] for p in problems if p["severity"] == "reject"}:
            codes[code] = codes.get(code, 0) + 1
    return {
        "file": str(path), "batch": batch.pk, "number": batch.number, "source": batch.source,
        "sender": batch.sender.code, "state": batch.state, "problem": batch.problem or None, "rows": batch.rows,
        "accepted": batch.taken, "quarantined": dict(sorted(codes.items())),
        "quarantined_rows": batch.quarantined.count(), "duplicates": batch.doubled,
        **{name: batch.difference.get(name, 0) for name in ("new", "changed", "same")},
        "withdrawn": batch.difference.get("gone", 0),
        "absent": list(batch.absent.values()),
        "footers_equal": None if not batch.footers else all(f["equal"] is not False for f in batch.footers),
        "commit": batch.commit.number if batch.commit else None, "same_file": False,
        "seconds": round(perf_counter() - began, 2),
    }  # fmt: skip
