"""What `wushang judge` and `wushang policy …` do: plain values out, ready to be printed as JSON or as sentences."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.judge.assessments.difference import compared
from wushang.judge.assessments.explain import because
from wushang.judge.assessments.judging import assess
from wushang.judge.backtest import report as trial
from wushang.judge.check import check_text
from wushang.judge.deeds.draft_policy import DraftPolicy
from wushang.judge.explain import why
from wushang.judge.file.arriving import decoded
from wushang.judge.groups import must_be_known, read_table
from wushang.judge.models import Assessment, Finding, PolicyVersion
from wushang.judge.pack import Pack
from wushang.judge.place import must_exist
from wushang.judge.remark import usable
from wushang.judge.run import regional, run_all
from wushang.judge.subject import no_trial
from wushang.people.actor import Actor
from wushang.pool import snapshot
from wushang.pool.models import EnterpriseVersion
from wushang.terms.period import Period
from wushang.terms.problem import Problem, Refused


def check_files(files: list[Path], today: date | None = None) -> list[dict[str, Any]]:
    """`wushang policy check FILE…`: per file, whether it can be used and all remarks."""
    return [checked(file, today) for file in files]


def checked(file: Path, today: date | None) -> dict[str, Any]:
    pack, remarks = check_text(decoded(file.read_bytes(), str(file)), today)
    return {
        "file": str(file), "id": pack.id if pack else None, "usable": pack is not None and usable(remarks),
        "remarks": [remark.to_json() for remark in remarks],
    }  # fmt: skip


def reckon(file: Path, table: Path | None, at: datetime, as_of: date, region: str) -> dict[str, Any]:
    """`wushang policy reckon FILE`: a rule about cases, an area, townships, trades or departments worked out; nothing is kept."""
    pack, remarks = check_text(decoded(file.read_bytes(), str(file)), as_of)
    if pack is None or pack.of_units:
        why = _("这条规则评定单位") if pack else str(next(one for one in remarks if one.severity == "error"))
        raise Refused(Problem("policy", str(file), "", why, _("评定单位的规则请先起草，再看历史试算") if pack else _("请先改正")))
    if as_of < pack.since:  # its parameters have no value yet: nobody would come out, and nobody be told why
        why = _("这条规则自 %(since)s 起") % {"since": pack.since}
        raise Refused(Problem("as_of", "as_of", as_of.isoformat(), why, _("请写不早于那天的日子，或把规则的日期改早")))
    told = read_table(table, pack) if table else {}
    must_be_known(pack, told)
    if pack.measures:
        must_exist(region)
    if pack.measures and snapshot.behind():
        snapshot.build(at)
    found = assess(pack, regional(region), as_of, region, told)
    return {"policy": pack.id, "as_of": as_of.isoformat(), "groups": [asdict(group) for group in found.groups]}


def version_of(policy: str, region: str = "", number: int | None = None) -> PolicyVersion:
    """The version that is asked for: by number, else the one in force, else the newest."""
    found = PolicyVersion.objects.filter(policy=policy, **({"region": region} if region else {}))
    found = found.filter(number=number) if number is not None else found
    holding = found.in_force_on(timezone.localdate())
    version = holding.order_by("-number").first() or found.order_by("-number").first()
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


def text_of(what: str, region: str, number: int | None, today: date) -> tuple[str, Pack]:
    """(title, pack) of a file, which is checked, or of a version of the policy with this id: a draft where one waits."""
    if Path(what).is_file():
        pack, remarks = check_text(decoded(Path(what).read_bytes(), what), today)
        if pack is None or not usable(remarks):
            first = next(one for one in remarks if one.severity == "error")
            raise Refused(Problem("policy", what, "", str(first), _("请先改正：wushang policy check %(file)s") % {"file": what}))
        return pack.title, pack
    drafts = PolicyVersion.objects.filter(policy=what, state__in=("draft", "offered", "approved"), **({"region": region} if region else {}))
    newest = drafts.order_by("-number").first() if number is None else None
    version = newest or version_of(what, region, number)
    return str(version), version.pack


def in_force(policy: str, region: str, today: date) -> PolicyVersion | None:
    """The version of the policy that holds in the region today."""
    return PolicyVersion.objects.filter(policy=policy, region=region).in_force_on(today).order_by("number").last()


def backtest(what: str, at: datetime, today: date, region: str, number: int | None, span: Period | None, daily: bool) -> dict[str, Any]:
    """`wushang policy backtest FILE|ID`: what the rule would have said over past months, and what became of it."""
    must_exist(region)
    title, pack = text_of(what, region, number, today)
    _judges_units(what, pack)
    if snapshot.behind():
        snapshot.build(at)
    holding = in_force(pack.id, region, today)
    others = [trial.Trial("in_force", str(holding), holding.pack)] if holding and holding.text != pack.text else []
    period = trial.whole_months(span, today) if span else trial.past(today)
    return trial.backtest(trial.Trial("tried", title, pack), others, regional(region), period, region, daily).to_json()


def diff(what: str, at: datetime, today: date, region: str, number: int | None, against: int | None, as_of: date) -> dict[str, Any]:
    """`wushang policy diff FILE|ID`: what a text says otherwise than the one in force (or another version), and whom it moves."""
    must_exist(region)
    title, pack = text_of(what, region, number, today)
    old = version_of(pack.id, region, against) if against is not None else in_force(pack.id, region, today)
    if old is None:
        raise Refused(Problem("policy", "policy", pack.id, _("这条规则没有现行的版本可以比较"), _("请写 --against，与第几版比较")))
    if snapshot.behind():
        snapshot.build(at)
    return {"policy": pack.id, "before": str(old), "after": title} | compared(old, pack, as_of, region).to_json()


def _judges_units(what: str, pack: Pack) -> None:
    if not pack.of_units:
        raise Refused(Problem("policy", what, "", *no_trial(pack.subject)))


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


def explain_key(policy: str, key: str) -> list[dict[str, Any]]:
    """`wushang policy explain --policy ID --key KEY`: why a case (by its number), a township, a trade … has its outcome; '' the whole area."""
    rows = Assessment.objects.select_related("version").filter(policy=policy, key=key)
    newest = {row.region: row for row in rows.order_by("pk")}
    return [{"assessment": one.pk} | because(one).to_json() for one in newest.values()]


def enterprise_of(said: str) -> int:
    """An enterprise by its number, its 统一社会信用代码, or its name; several of one name are told with their codes."""
    text = said.strip()
    now = EnterpriseVersion.objects.current()
    if text.isascii() and text.isdigit() and len(text) < 15 and now.filter(enterprise=int(text)).exists():
        return int(text)
    found = list(now.filter(Q(uscc__iexact=text) | Q(name=text)).order_by("enterprise")) if text else []
    found = found or list(now.filter(name__icontains=text, merged_into=None).order_by("enterprise")[:20] if text else [])
    if len(found) == 1:
        return found[0].enterprise_id
    several = "、".join(f"{one.enterprise_id} {one.name} {one.uscc}" for one in found)
    why = _("有几家单位：%(several)s") % {"several": several} if found else _("没有这家单位")
    raise Refused(Problem("enterprise", "enterprise", text, why, _("请写单位编号、全称或统一社会信用代码。")))


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
    return DraftPolicy(actor, at, decoded(file.read_bytes(), str(file)), region, f"file {file.name}").do()
