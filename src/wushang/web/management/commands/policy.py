from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.judge import commands
from wushang.judge.deeds.offer_shipped_packs import OfferShippedPacks
from wushang.judge.remark import Remark
from wushang.people.actor import Actor
from wushang.terms.period import Period
from wushang.web.said import SayingCommand, json_too, plain


class Command(SayingCommand):
    help = "policy check | explain | export | offer | reckon | backtest | diff: check a file, say why a unit was warned, write a rule back, offer a draft, reckon groups, try a rule on past months, compare two versions."

    def options(self, parser):
        parts = parser.add_subparsers(dest="act", required=True, metavar="check|explain|export|offer|reckon|backtest|diff")
        check = parts.add_parser("check", parents=[json_too()], help="whether policy files can be used, and all remarks")
        check.add_argument("files", nargs="+", type=Path)
        explain = parts.add_parser("explain", parents=[json_too()], help="why a unit has its outcome, by each policy")
        whom = explain.add_mutually_exclusive_group(required=True)
        whom.add_argument("--enterprise", default="", metavar="N|NAME|USCC", help="number, name or 统一社会信用代码")
        whom.add_argument("--key", metavar="KEY", help="of a rule about cases, townships …: the case's number, the township's code; '' the whole area")
        whom.add_argument("--finding", type=int, metavar="N", help="one finding by its number, though the unit stands elsewhere by now")
        explain.add_argument("--policy", default="", metavar="ID")
        export = parts.add_parser("export", parents=[json_too()], help="write the text of a version back, byte for byte")
        export.add_argument("policy", metavar="ID")
        export.add_argument("--region", default="", help="the region that adopted it")
        export.add_argument("--number", type=int, help="which version (第几版); else the one in force, else the newest")
        offer = parts.add_parser("offer", parents=[json_too()], help="make a place's own file a draft; without FILE, all shipped rules")
        offer.add_argument("file", type=Path, nargs="?")
        offer.add_argument("--region", default="", help="who is to adopt it; the deployment's region when left out")

        reckon = parts.add_parser("reckon", parents=[json_too()], help="work out a rule about an area, townships, trades or departments")
        reckon.add_argument("file", type=Path)
        reckon.add_argument("--table", type=Path, metavar="CSV", help="the rule's inputs: a column `key` and one for each input")
        reckon.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="today when left out")
        reckon.add_argument("--region", default="", help="whose figures; the deployment's region when left out")

        self._past(parts)

    def _past(self, parts: Any) -> None:
        trial = parts.add_parser("backtest", parents=[json_too()], help="what a rule would have said over past months, and what became of it")
        trial.add_argument("--from", dest="start", type=_month, metavar="YYYY-MM", help="first month; the last 36 whole months when left out")
        trial.add_argument("--to", dest="end", type=_month, metavar="YYYY-MM", help="last month")
        trial.add_argument("--daily", action="store_true", help="at every day on which something became known, not at the ends of months")
        other = parts.add_parser("diff", parents=[json_too()], help="what a version says otherwise than the one in force, and whom it moves")
        other.add_argument("--against", type=int, metavar="N", help="compare with this version; the one in force when left out")
        other.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="today when left out")
        for one in (trial, other):
            one.add_argument("what", metavar="ID|FILE", help="a policy's id (its waiting draft, else the version in force) or a file")
            one.add_argument("--region", default="", help="who adopts it; the deployment's region when left out")
            one.add_argument("--number", type=int, help="which version (第几版)")

    def run(self, act: str, **options: Any) -> Any:
        for file in [*options.get("files", ()), *(options[name] for name in ("file", "table") if options.get(name))]:
            if not file.is_file():
                raise CommandError(_("没有这个文件：%(file)s") % {"file": file})
        return getattr(self, f"_{act}")(**options)

    def _check(self, files: list[Path], **_rest):
        return commands.check_files(files, timezone.localdate())

    def _explain(self, enterprise: str, policy: str, key: str | None, finding: int | None, **_rest):
        if finding is not None:
            if not (one := commands.explain(0, finding=finding)):
                raise CommandError(_("没有这条研判结果：%(n)d") % {"n": finding})
            return one
        if key is not None:
            if not (known := commands.explain_key(policy, key)):
                if not policy:
                    raise CommandError(_("请写 --policy：哪一条规则"))
                raise CommandError(_("规则 %(policy)s 还没有评定过：%(key)s") % {"policy": policy, "key": key or _("全域")})
            return known
        found = commands.explain(commands.enterprise_of(enterprise), policy)
        if not found:
            raise CommandError(_("还没有规则研判出这家单位的结果：%(unit)s") % {"unit": enterprise})
        return found

    def _export(self, policy: str, region: str, number: int | None, **_rest):
        return commands.export(policy, region, number).decode("utf-8")

    def _offer(self, file: Path | None, region: str, **_rest):
        if file is None:
            deed = OfferShippedPacks(Actor.system("command"), timezone.now(), region or settings.WUSHANG_REGION)
            return {"offered": [version.policy for version in deed.do()]}
        draft = commands.draft(Actor.system("command"), timezone.now(), file, region or settings.WUSHANG_REGION)
        return {"policy": draft.policy, "number": draft.number, "region": draft.region, "state": draft.state, "digest": draft.digest}

    def _reckon(self, file: Path, table: Path | None, as_of: date | None, region: str, **_rest):
        now = timezone.now()
        return commands.reckon(file, table, now, as_of or timezone.localdate(now), region or settings.WUSHANG_REGION)

    def _backtest(self, what: str, start: date | None, end: date | None, daily: bool, region: str, number: int | None, **_rest):
        if (start is None) != (end is None) or start and end and end < start:
            raise CommandError(_("--from 和 --to 要一起写，先写早的月份"))
        now, span = timezone.now(), Period(start, end) if start and end else None
        return commands.backtest(what, now, timezone.localdate(now), region or settings.WUSHANG_REGION, number, span, daily)

    def _diff(self, what: str, against: int | None, as_of: date | None, region: str, number: int | None, **_rest):
        now = timezone.now()
        today = timezone.localdate(now)
        return commands.diff(what, now, today, region or settings.WUSHANG_REGION, number, against, as_of or today)

    def words(self, result: Any, options: dict[str, Any]) -> str:
        if options["act"] == "export":
            self.stdout.ending = ""  # byte for byte: not even a newline more
            return result
        return "\n".join(map(_said, result)) if options["act"] == "check" else plain(result)

    def wrong(self, result: Any, options: dict[str, Any]) -> str:
        bad = [one["file"] for one in result if not one["usable"]] if options["act"] == "check" else []
        told = {"n": len(bad), "all": len(result), "files": "、".join(bad)}
        return _("%(all)d 个文件中 %(n)d 个不能使用：%(files)s") % told if bad else ""


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def _said(one: dict[str, Any]) -> str:
    """A checked file and its remarks, a line each."""
    head = _("%(file)s：可以使用") if one["usable"] else _("%(file)s：不能使用")
    grave = {"error": _("不能用"), "warning": _("请核对"), "note": _("说明")}
    return "\n".join([head % {"file": one["file"]}, *(f"  {grave[said['severity']]}  {Remark(**said)}" for said in one["remarks"])])
