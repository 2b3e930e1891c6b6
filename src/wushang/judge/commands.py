"""What `wushang judge` and `wushang policy …` do: plain values out, ready to be printed as JSON or as sentences."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from wushang.judge.check import check_text
from wushang.judge.deeds.draft_policy import DraftPolicy
from wushang.judge.explain import why
from wushang.judge.models import Finding, PolicyVersion
from wushang.judge.remark import usable
from wushang.judge.run import run_all
from wushang.people.actor import Actor
from wushang.terms.problem import Problem, Refused


def check_files(files: list[Path], today: date | None = None) -> list[dict[str, Any]]:
    """`wushang policy check FILE…`: per file, whether it can be used and all remarks."""
    return [checked(file, today) for file in files]


def checked(file: Path, today: date | None) -> dict[str, Any]:
    try:
        pack, remarks = check_text(file.read_bytes().decode("utf-8"), today)
    except UnicodeDecodeError as error:
        raise Refused(
            Problem(
                "encoding",
                str(file),
                "",
                _("文件不是 UTF-8 编码（第%(n)s字节）") % {"n": error.start},
                _("请另存为 UTF-8"),
            )
        ) from None
    return {
        "file": str(file), "id": pack.id if pack else None, "usable": pack is not None and usable(remarks),
        "remarks": [remark.to_json() for remark in remarks],
    }  # fmt: skip


def version_of(policy: str, region: str = "", number: int | None = None) -> PolicyVersion:
    """The version that is asked for: by number, else the one in force, else the newest."""
    found = PolicyVersion.objects.filter(policy=policy, **({"region": region} if region else {}))
    found = found.filter(number=number) if number is not None else found
    version = found.filter(state="in_force").order_by("-number").first() or found.order_by("-number").first()
    if version is None:
        known = sorted(set(PolicyVersion.objects.values_list("policy", flat=True)))
        raise Refused(
            Problem(
                "policy",
                "policy",
                policy,
                _("没有这条规则"),
                _("已有的规则：%(all)s") % {"all": "、".join(known) or "—"},
            )
        )
    return version


def export(policy: str, region: str = "", number: int | None = None) -> bytes:
    """`wushang policy export`: the row's text, byte for byte."""
    return version_of(policy, region, number).text.encode("utf-8")


def explain(enterprise: int, policy: str = "", finding: int | None = None) -> list[dict[str, Any]]:
    """`wushang policy explain`: why a unit has its outcome, per policy; or one finding by its number."""
    if finding is not None:
        asked = Finding.objects.select_related("version").filter(pk=finding)
        return [{"finding": one.pk, "enterprise": one.enterprise_id} | why(one).to_json() for one in asked]
    rows = Finding.objects.select_related("version").filter(enterprise=enterprise)
    rows = rows.filter(policy=policy) if policy else rows
    newest: dict[tuple[str, str], Finding] = {}
    for row in rows.order_by("pk"):
        newest[row.policy, row.region] = row
    return [{"finding": one.pk, "enterprise": enterprise} | why(one).to_json() for one in newest.values()]


def judge(actor: Actor, at: datetime, as_of: date, policy: str = "") -> dict[str, Any]:
    """`wushang judge [--as-of DATE] [--policy ID]`: findings by level, run digest, seconds, commit."""
    if policy and not PolicyVersion.objects.filter(policy=policy).exists():
        version_of(policy)
    runs = [outcome.to_json() for outcome in run_all(actor, as_of, at, policy)]
    return {
        "as_of": as_of.isoformat(), "runs": runs, "commit": max((run["commit"] for run in runs), default=0),
        "seconds": round(sum(run["seconds"] for run in runs), 3),
    }  # fmt: skip


def draft(actor: Actor, at: datetime, file: Path, region: str) -> PolicyVersion:
    """`wushang policy draft FILE --region CODE`: a place's own text becomes a draft; raises Refused where it fails its check."""
    return DraftPolicy(actor, at, file.read_bytes().decode("utf-8"), region, f"file {file.name}").do()
