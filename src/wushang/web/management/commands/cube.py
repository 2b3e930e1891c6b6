from django.utils import timezone

from wushang.analyse.cube.compared import compared
from wushang.analyse.cube.said import DEFAULT, FILTER, against_of, asked_of, told
from wushang.people.scope import Scope
from wushang.pool import reading
from wushang.web.said import SayingCommand


class Command(SayingCommand):
    help = "Figures of any groups: measures split by one or two dimensions, filtered by any others, from the snapshot."

    def options(self, parser):
        parser.add_argument("--measure", nargs="+", default=list(DEFAULT), help="codes of measures (docs/reference/measures.md)")
        parser.add_argument("--down", default="", metavar="DIMENSION", help="split into rows: town, division, kind, month …")
        parser.add_argument("--across", default="", metavar="DIMENSION", help="split into columns too")
        parser.add_argument("--from", dest="first", default="", metavar="YYYY-MM", help="first month; January when left out")
        parser.add_argument("--to", dest="last", default="", metavar="YYYY-MM", help="last month; the newest complete one")
        parser.add_argument("--only", nargs="+", default=[], metavar="DIMENSION=KEY", help="keep these keys only")
        parser.add_argument("--basis", default="occurred", help="occurred | reported | recognised")
        parser.add_argument("--scope", default="at_work", help="at_work | all")
        parser.add_argument("--status", default="reported", help="reported | accepted | recognised")
        parser.add_argument("--order", default="", metavar="WORD", help="label or a measure asked for; =-measure: the greatest first")
        parser.add_argument("--against", default="", metavar="WORD", help="last_year | last_year_then | previous | city | trade")
        parser.add_argument("--known", type=int, help="as known at this commit; the snapshot's newest when left out")

    def run(self, measure, down, across, first, last, only, basis, scope, status, order, against, known, **_):
        said = {"measure": measure, "down": [down], "across": [across], "from": [first], "to": [last]}
        said |= {"basis": [basis], "scope": [scope], "status": [status], "order": [order]}
        for word in only:
            name, _sign, key = word.partition("=")
            said.setdefault(FILTER + name, []).append(key)
        return told(compared(reading.open(Scope.system(), known), asked_of(said, timezone.localdate()), against_of(against)))

    def words(self, result, options):
        lines = [_line("合计", result["total"])] + [_line(row["label"], row["figures"]) for row in result["rows"]]
        return "\n".join([f"{result['from']} — {result['to']}　{'　'.join(result['measures'])}", *lines])


def _line(name: str, figures: dict) -> str:
    return "　".join([name, *(_said(figure) for figure in figures.values())])


def _said(figure: dict) -> str:
    """12.90（−38.6%）: the change where it is compared."""
    value = "—" if figure["value"] is None else f"{figure['value']:,.2f}"
    return value if figure.get("change") is None else f"{value}（{figure['change']:+.1f}%）"
