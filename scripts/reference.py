"""Write docs/reference/*.md from the files' own metadata: `.venv/bin/python scripts/reference.py`.

Nothing here is typed twice, but for the meaning of a setting and of a verb that no deed uses; a test fails where one
of those lacks, and where the committed pages differ from what this script writes.
"""

from __future__ import annotations

import ast
import os
import re
import sys
import tempfile
from argparse import SUPPRESS
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules, walk_packages
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "wushang"
OUT = ROOT / "docs" / "reference"

SETTINGS = {
    "WUSHANG_HOME": "Folder of everything that is yours: ledger, files, snapshot, secrets. Back this up",
    "WUSHANG_MODE": "What this deployment is. Only `live` sends outside; the others mark every page and letter",
    "WUSHANG_CITY": "Name of the place as pages and letters print it",
    "WUSHANG_REGION": "Region code of the place (GB/T 2260, six digits); shipped rules are offered for it",
    "WUSHANG_OFFICE_PHONE": "The office's telephone, put into new letters beside the handler's name; empty: the clerk fills it in",
    "WUSHANG_ENGINE": "Engine of the figures: `duckdb` (`duckdb@16GB`: that much memory), or `spark` where one machine is too small (the "
    "extra `spark` and a Java 17; `spark@spark://host:7077`, `spark@yarn`: on that cluster)",
    "WUSHANG_SNAPSHOT": "Where the columnar copy of the facts is published: a folder, or an address that Arrow knows (`s3://bucket/way`, "
    "`hdfs://name:8020/way`), which machines share; empty: in WUSHANG_HOME. It may be thrown away and built anew",
    "WUSHANG_FONT_DIR": "Folder with the office's own letter fonts (仿宋, 小标宋, 楷体, 黑体); empty: the open fonts we bring",
    "WUSHANG_SMS_URL": "Address of the short-message gateway (one POST of JSON `{key, to, text}`); empty: no short messages",
    "WUSHANG_SMS_TOKEN": "Sent to the gateway as `Authorization: Bearer …`",
    "WUSHANG_ADDRESS": "Address under which people reach the pages; it stands in letters, QR codes and short messages. "
    "With https:// cookies travel by https only",
    "WUSHANG_SECRET_KEY": "Signs sessions and links. Made at the first start and kept in the home folder as `secret_key.secret`",
    "WUSHANG_FIELD_KEY": "Encrypts personal fields. Made at the first start and kept in the home folder as `field_key.secret`. "
    "**Lost is lost**: nobody can read the fields again",
    "WUSHANG_CIPHER": "Cipher of newly written personal fields: AES-GCM or SM4-GCM (国密). Both are read",
    "WUSHANG_DEBUG": "Django's debug pages. Never outside development",
    "WUSHANG_HOSTS": "Host names the server answers to, parted by commas",
    "WUSHANG_DATABASE": "`sqlite` (embedded, in the home folder), `sqlite:///file` or `postgresql://user:password@host:port/name`",
    "WUSHANG_PASSWORD_LENGTH": "Characters that a new password has at least",
    "WUSHANG_PASSWORD_DAYS": "Days after which a password must be changed; 0: never",
    "WUSHANG_SIGNALS_A_WEEK": "Signals (异常提示) that a county's office gets in a week, the surest first; the others wait for a later week",
    "WUSHANG_SIGNAL_DAYS": "Working days in which a signal is looked into (核查期限); later it is overdue on the desk",
    "WUSHANG_SIGNALS_FALSE": "Percent of false signals that is borne among those shown (false discovery rate)",
    "WUSHANG_CONTACT_DAYS": "Days after which a contact of 联系人库 must be verified again",
    "WUSHANG_LOCKOUT_TRIES": "Wrong passwords after which a name is locked",
    "WUSHANG_LOCKOUT_MINUTES": "How long it stays locked",
    "WUSHANG_SESSION_MINUTES": "Idle minutes after which one must sign in again",
    "WUSHANG_TIME_ZONE": "The one time zone of the deployment",
    "WUSHANG_SMTP_HOST": "Mail server; empty: no mail",
    "WUSHANG_SMTP_PORT": "Its port",
    "WUSHANG_SMTP_USER": "Its user",
    "WUSHANG_SMTP_PASSWORD": "Its password",
    "WUSHANG_MAIL_FROM": "Sender of mail",
    "WUSHANG_LOG": "Level of the log (DEBUG, INFO, WARNING, ERROR)",
    "WUSHANG_WARN_DAYS": "Lengths of the office's own steps where the place differs, by state of the warning: "
    "`drafted=2 working_days;signed=1 days`",
    "WUSHANG_RULE_APPROVALS": "Different people who must approve a rule (预警规则) before it can take force",
    "WUSHANG_SIGN_STEPS": "Signatures a letter needs: 2 (审核, 签发) or 3 (with 复审 between)",
    "WUSHANG_LINK_ACCEPT": "‰ of agreement from which a report of a hospital is linked to an injury without a person",
    "WUSHANG_LINK_REVIEW": "‰ of agreement from which a person is asked; below it the pair is dropped",
    "WUSHANG_LINK_LEAD": "Bits by which the likeliest injury must lead the next to be linked without a person",
    "WUSHANG_LINK_DAYS_BEFORE": "Days that a report may lie before the injury it tells of (a wrong date)",
    "WUSHANG_LINK_DAYS_NEAR": "Days after the injury within which a report may be linked without a person. After a change of these days: "
    "`wushang link --learn`",
    "WUSHANG_LINK_DAYS_AFTER": "Days after the injury within which a report is compared with it",
    "WUSHANG_LINK_LEARN_FROM": "Injuries and reports, of each so many, from which the weights are learnt from the lists themselves",
    "WUSHANG_LINK_SAMPLE": "Pairs decided by people from which their share is shown beside the model's own estimate",
    "WUSHANG_WORTH_INJURY": "What an injury of the last twelve months weighs in the order of the pairs of units (单位归并)",
    "WUSHANG_WORTH_CASE": "What an open case weighs there",
    "WUSHANG_WORTH_HEADS": "Insured heads that together weigh one there",
    "WUSHANG_PAIR_LIKENESS": "‰ of likeness from which two company names are put before a person (疑似同一单位); likeness merges nothing",
    "WUSHANG_PAIRS_SHOWN": "Likely units that are shown for one unit that is not sure",
    "WUSHANG_UNDO_DAYS": "Days in which 单位归并 and 分开 can be taken back",
    "WUSHANG_SMALL_KB": "Files up to this many kilobytes (a hand entry, a few rows by the machine door) are checked and landed "
    "beside the large ones, not behind them",
    "WUSHANG_LEAD_DAYS": "Days after which a report at work without a claim is listed (疑似未申报); the law gives the unit 30",
    "WUSHANG_CLAIM_DAYS": "Calendar days after the accident within which a claim counts as in time (申报及时率); the law gives the unit 30",
    "WUSHANG_DECISION_DAYS": "Calendar days after acceptance within which a recognition counts as in time (认定按期率): the law's 60, or "
    "what the place has promised (承诺时限)",
    "WUSHANG_SEVERITY_DAYS": "Days that one injury weighs in 严重度指数: death, grades 1 to 10, else its severity; words that are left "
    "out keep their default (GB 6441: death 6000, serious from 105; grades by the months of the lump sum, 工伤保险条例 第35—37条)",
    "WUSHANG_MONTH_HEADS": "Headcount behind the rate of a single month: `end` its month-end count, `mean` the mean of the month-end before and its own",
    "WUSHANG_SMALL_CELL": "From which day on which count is the least that may be made public, `day=count`, several with `;`",
    "WUSHANG_STAFF_MOVED": "Per cent by which a headcount may change between two periods before a page says that counts mislead",
    "WUSHANG_FILE_MB": "The largest file that is taken in, in megabytes. A text (csv) is read as it goes and needs no more memory for it",
    "WUSHANG_BOOK_MB": "The largest workbook or zip, in megabytes; it is in memory while it is read",
    "WUSHANG_DOUBT_GONE": "Percent of the known rows missing from a new delivery above which a person must say why before it counts",
    "WUSHANG_DOUBT_EMPTIED": "Percent of the changed rows that empty what was known, likewise",
    "WUSHANG_CONFIRM_DAYS": "Working days within which a checked delivery is to be confirmed (待办)",
    "WUSHANG_MEND_DAYS": "Working days within which rows in 待订正 are to be settled (待办)",
    "WUSHANG_API_PER_MINUTE": "Requests that one machine account (机器账号) may make in a minute",
    "WUSHANG_API_ROWS": "Rows in one request of the machine door",
    "WUSHANG_INBOX": "Folder in which departments drop files (收件文件夹); empty: none",
    "WUSHANG_INBOX_STILL": "Seconds a dropped file must not grow before it is taken",
    "WUSHANG_INBOX_CONFIRM": "`yes`: a dropped file that raises no doubt is taken in without a person",
    "WUSHANG_PULL_SECONDS": "Seconds a department's database may take to answer one pull",
    "WUSHANG_PULL_ROWS": "Rows of one pull; the rest comes with the next",
    "WUSHANG_PUSH_HOLD_MINUTES": "Minutes a push of 三推送 waits in 待发箱, so that it can be withdrawn",
    "WUSHANG_SEND_HOURS": "From which day on, between which hours of the day messages leave for people outside (`day=hh:mm-hh:mm;…`); what a "
    "rule marks `urgent`, and a code somebody waits for, go at any hour",
    "WUSHANG_VOLUME_YEARS": "Years for which the volume of a case (案卷) is to be kept, from the end of the year in which it ended; 0: for "
    "ever. Only told: the platform destroys nothing by itself",
}
OTHERS = {
    "WUSHANG_FILES": "follows from WUSHANG_HOME: files that were handed in, scans, photos (by hash)",
    "WUSHANG_STORE": "follows from WUSHANG_SNAPSHOT where that is an address; the folder in WUSHANG_HOME then holds copies",
    "WUSHANG_POLICIES": "the folder of the shipped policies",
    "WUSHANG_BENCH_POSTGRES": "for `wushang bench` only: address of a PostgreSQL server to measure on",
    "WUSHANG_BENCH_DATA": "for `wushang bench` only: folder of the public sets that some rows measure on (they are not shipped)",
    "WUSHANG_TEST_DATABASE": "for the tests only: `sqlite` or `postgres`",
}
WITHOUT_ROLE = {
    "people.password": "everybody, for oneself",
    "people.confirm_hand_over": "whoever takes over",
    "warn.acknowledge": "the unit, behind its link and telephone code",
    "rectify.answer": "the unit, behind its link and telephone code",
    "rectify.ask_correction": "the unit, behind its link and telephone code",
    "rectify.confirm": "the unit's head (主要负责人), behind a link and telephone code of his own",
    "rectify.open": "the platform itself",
    "warn.inbox": "whoever works with warnings or hands in data, in the own department's inbox",
    "warn.close": "part of 办结 in rectify and evaluate, in the same person's name",
}
SEEN_ON_PAGES = "pages only (no deed)"
UNUSED = "declared for the role, no page or deed asks for it yet"


# --- Markdown ---------------------------------------------------------------------------------------------------------


def cell(value: Any) -> str:
    return " ".join(str(value).split()).replace("|", "\\|") or "—"


def table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *[[cell(value) for value in row] for row in rows]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def page(title: str, about: str, *parts: str) -> str:
    note = "<!-- Written by scripts/reference.py from the files themselves; edit those, then run the script. -->\n"
    return "\n".join([f"# {title}\n", note, about.strip() + "\n", *parts]).rstrip() + "\n"


def link(path: Path) -> str:
    inside = path.relative_to(ROOT).as_posix()
    return f"[{inside.removeprefix('src/wushang/')}](../../{inside})"


def code(words: Iterable[Any]) -> str:
    return ", ".join(f"`{word}`" for word in words)


# --- Measures, sources, policies --------------------------------------------------------------------------------------


def measures_page() -> str:
    from wushang.analyse.dimensions import dimensions
    from wushang.analyse.indicators import INDICATORS
    from wushang.analyse.measures import BASES, SCOPES, STATUSES, measures
    from wushang.terms.period import WINDOWS

    folder = SOURCE / "analyse" / "measures"
    rows = [
        (f"`{m.code}`", m.title, m.title_en, m.unit, m.formula, m.source, code(m.tables),
         "all" if len(m.bases) == len(BASES) else code(m.bases), "all" if m.scopes else "", "yes" if m.cell else "units only",
         link(folder / f"{m.code}.py"))
        for m in measures().values()
    ]  # fmt: skip
    splits = [(f"`{d.code}`", d.title, d.title_en, "yes" if d.staff else "all staff",
               f"`{d.deeper}`" if d.deeper else "", "case analysis" if d.close else "") for d in dimensions().values()]  # fmt: skip
    asks = [
        ("`window`", "; ".join(f"`{key}` {said[0]}" for key, said in WINDOWS.items()) + "; `last_<n>_months` 近 n 个月"),
        ("`basis`", "; ".join(f"`{key}` {title}" for key, title in BASES.items())),
        ("`scope`", "; ".join(f"`{key}` {title}" for key, title in SCOPES.items())),
        ("`status`", "how far the claim has come: " + "; ".join(f"`{key}` {title}" for key, title in STATUSES.items())),
    ]
    about = """A measure (指标) is one file. Judging reads it for every unit, the cube for any group of injuries.
A policy names measures; it never holds a formula. How to add one: [../howto/add-a-measure.md](../howto/add-a-measure.md)."""
    return page(
        "Measures", about,
        table(["code", "title", "in English", "unit", "formula", "source", "reads", "bases", "scopes", "cube", "file"], rows),
        "## Names of the trade\n",
        "Each figure that law, standards and the offices know by name, and the measures that answer. Where the data of no department "
        "can feed one, it is not estimated: the table says what is missing.\n",
        table(["name", "measures", "cannot be fed, because"], [(one.name, code(one.measures), one.why_not) for one in INDICATORS]),
        "## What may be asked of every measure\n", table(["word", "values"], asks),
        "## Dimensions of the cube (交叉分析)\n",
        table(["code", "title", "in English", "staff split by it", "opens into", "needs the purpose"], splits),
    )  # fmt: skip


def sources_page() -> str:
    from wushang.collect.source import shipped

    parts = []
    for source in sorted(shipped().values(), key=lambda s: s.rank):
        delivers = {"whole_period": "the whole period (a row missing from the new file is withdrawn)", "changes": "changes"}
        facts = [
            ("departments", code(source.departments)),
            ("delivers", delivers[source.delivers]),
            ("natural key", code(source.key)),
            ("period", f"`{source.period}`" if source.period else "—"),
            ("lands in", f"`{source.lands}`"),
            ("totals checked against the footer", code(source.totals)),
            ("dates in this order", " ≤ ".join(f"`{name}`" for name in source.date_order)),
        ]
        rows = [
            (f"`{name}`", column.titles[0], column.type, "yes" if column.required else "", _held(source, name, column),
             "、".join(column.titles[1:]))
            for name, column in source.columns.items()
        ]  # fmt: skip
        parts += [
            f"## {source.title} `{source.id}`\n", link(SOURCE / "collect" / "sources" / f"{source.id}.yaml") + "\n",
            table(["", ""], facts), table(["field", "header", "type", "required", "holds", "other headers it knows"], rows),
        ]  # fmt: skip
    about = """A source (报送表) is one file that says what one department's spreadsheet looks like. Headers are found wherever they
stand, in any order, below title rows. How to add one: [../howto/add-a-source.md](../howto/add-a-source.md)."""
    return page("Sources", about, *parts)


def _held(source: Any, name: str, column: Any) -> str:
    said = []
    if name in source.personal:
        said.append("personal, kept encrypted")
    if column.codes:
        said.append(f"list [{column.codes}](code-lists.md)")
    if column.values:
        said.append("words " + "、".join(list(column.values)[:6]))
    if column.pattern_says:
        said.append(column.pattern_says)
    return "; ".join(said)


def policies_page() -> str:
    from wushang.judge.check import check_text
    from wushang.judge.shipped import files
    from wushang.terms.actions import actions

    parts = []
    for name, text in files():
        pack, _remarks = check_text(text)
        if pack is None:
            raise SystemExit(f"policies/{name}.yaml cannot be read: run the checks of a policy on it.")
        parts += [f"## {pack.title} `{pack.id}`\n", *_policy(name, pack)]
    words = table(["word", "title", "done by"], [(f"`{key}`", a.title, a.done_by) for key, a in actions().items()])
    about = """Policies (预警规则) as shipped. What is in force in a place are rows, approved by people there; these files are offers.
How to add one: [../howto/add-a-policy.md](../howto/add-a-policy.md)."""
    return page("Policies", about, *parts, "## Words that `then` may say\n", words)


def _policy(name: str, pack: Any) -> Iterator[str]:
    from wushang.judge.pack import plain

    yield link(SOURCE / "policies" / f"{name}.yaml") + "\n"
    yield table(["", ""], [
        ("issuer", pack.issuer), ("area of the document", pack.area), ("judged", code(pack.run)), ("since", pack.since),
        ("compared with the document on", f"{pack.checked_on} ({pack.checked_by})"),
        ("source", "; ".join(pack.source.values())), ("examples", len(pack.examples)),
    ])  # fmt: skip
    dated = [(f"`{p.code}`", p.title, f"{plain(d.value)} {p.unit}" if p.unit != "是否" else plain(d.value), d.start,
              d.grounds.clause or d.grounds.why, d.grounds.basis) for p in pack.parameters.values() for d in p.values]  # fmt: skip
    yield table(["parameter", "title", "value", "from", "clause, or why", "basis"], dated)
    uses = [(f"`{u.code}`", f"`{u.measure}`", u.window, u.basis, u.scope, u.status) for u in pack.measures.values()]
    yield table(["name", "measure", "window", "basis", "scope", "status"], uses)
    outcomes = [(f"`{o.code}` ({o.kind})", f"`{o.when}`", code(o.then), o.clause) for o in pack.outcomes]
    yield table(["outcome, first that holds", "when", "then", "clause"], outcomes)
    clocks = [(f"`{case.outcome}`", f"`{c.step}`", c.length or f"every {c.every}", c.start, c.grounds.clause or c.grounds.why)
              for case in pack.cases.values() for c in case.clocks.values()]  # fmt: skip
    if clocks:
        yield table(["outcome", "step", "length", "from", "clause, or why"], clocks)


# --- Settings, commands -----------------------------------------------------------------------------------------------


def settings_read() -> dict[str, tuple[str, str]]:
    """Each WUSHANG_… variable that the settings file reads → (default, allowed values)."""
    found: dict[str, tuple[str, str]] = {}
    for node in ast.walk(ast.parse((SOURCE / "web" / "settings.py").read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = ast.unparse(node.func)
        if called == "_kept_secret":
            found[f"WUSHANG_{ast.literal_eval(node.args[0]).upper()}"] = ("made at the first start", "")
        elif re.fullmatch(r"env\.\w+", called) and isinstance(node.args[0], ast.Constant):
            allowed = ast.literal_eval(node.args[2]) if called == "env.choice" else ()
            default = ast.literal_eval(node.args[1]) if len(node.args) > 1 else ""
            found[node.args[0].value] = (str(default), code(allowed))
    return found


def settings_page() -> str:
    read = settings_read()
    rows = [(f"`{name}`", f"`{default}`" if default and "made" not in default else default or "empty", allowed, SETTINGS[name])
            for name, (default, allowed) in sorted(read.items())]  # fmt: skip
    about = """All settings come from the environment. A wrong value stops the start with a sentence. For a secret, put it in a
file and name the file in `<NAME>_FILE` (for example `WUSHANG_SMTP_PASSWORD_FILE`)."""
    others = [(f"`{name}`", meaning) for name, meaning in OTHERS.items()]
    return page(
        "Settings", about, table(["variable", "default", "one of", "meaning"], rows),
        "## Names in the code that are no variables of the environment\n", table(["name", "what it is"], others),
    )  # fmt: skip


def commands() -> dict[str, Any]:
    """Our own commands by name."""
    from django.core.management import load_command_class

    found: dict[str, Any] = {}
    for folder in sorted(SOURCE.glob("*/management/commands")):
        room = f"wushang.{folder.parts[-3]}"
        for module in iter_modules([str(folder)]):
            if not module.name.startswith("_"):
                found[module.name] = load_command_class(room, module.name)
    return dict(sorted(found.items()))


BUILT_IN = {"help", "version", "settings", "pythonpath", "traceback", "no_color", "force_color", "skip_checks", "verbosity"}


def commands_page() -> str:
    parts = []
    for name, command in commands().items():
        parts.append(f"## `wushang {name}`\n\n{command.help}\n")
        parts += _arguments(command.create_parser("wushang", name), f"wushang {name}")
    about = """`.venv/bin/wushang <command>`; with `--json` where a command has it, one JSON object and nothing else is printed. Django's
own commands (`migrate`, `shell`, `check` …) work too."""
    return page("Commands", about, *parts)


def _arguments(parser: Any, called: str) -> Iterator[str]:
    rows, below = [], []
    for action in parser._actions:
        if action.dest in BUILT_IN or action.help == SUPPRESS:
            continue
        if isinstance(action.choices, dict):
            helps = {one.dest: one.help for one in getattr(action, "_choices_actions", [])}
            below += [(f"{called} {word}", sub, helps.get(word) or "") for word, sub in action.choices.items()]
            continue
        words = ", ".join(f"`{option}`" for option in action.option_strings) or f"`{action.dest}`"
        several = " …" if action.nargs in ("+", "*") else ""
        default = "" if action.default in (None, False, "", SUPPRESS) else f"`{action.default}`"
        rows.append((words + several, code(action.choices or ()), default, action.help or ""))
    if rows:
        yield table(["argument", "one of", "default", "meaning"], rows)
    for words, sub, said in below:
        yield f"### `{words}`\n" + (f"\n{said}\n" if said else "")
        yield from _arguments(sub, words)


# --- Roles, code lists ------------------------------------------------------------------------------------------------


def roles() -> list[dict[str, Any]]:
    import yaml

    return [yaml.safe_load(path.read_text("utf-8")) for path in sorted((SOURCE / "people" / "roles").glob("*.yaml"))]


def deeds_by_verb() -> dict[str, list[str]]:
    """Verb → titles of the deeds that ask for it."""
    import wushang
    from wushang.people.deed import Deed

    for module in walk_packages(wushang.__path__, "wushang."):
        if ".deeds." in module.name:
            import_module(module.name)
    found: dict[str, list[str]] = {}
    waiting = [Deed]
    while waiting:
        for deed in waiting.pop().__subclasses__():
            waiting.append(deed)
            if deed.__module__.startswith("wushang.") and deed.verb and deed.title:
                found.setdefault(deed.verb, []).append(str(deed.title))
    return {verb: sorted(set(titles)) for verb, titles in found.items()}


def roles_page() -> str:
    deeds, all_roles = deeds_by_verb(), roles()
    text = "\n".join(p.read_text("utf-8") for p in SOURCE.rglob("*.py"))
    verbs = sorted({verb for role in all_roles for verb in role["verbs"]})

    def does(verb: str) -> str:
        return "、".join(deeds[verb]) if verb in deeds else SEEN_ON_PAGES if re.search(rf'["\']{verb}["\']', text) else UNUSED

    who = [(f"`{verb}`", does(verb), "、".join(r["title"] for r in all_roles if verb in r["verbs"])) for verb in verbs]
    rows = [(f"`{r['code']}`", r["title"], len(r["verbs"]), link(SOURCE / "people" / "roles" / f"{r['code']}.yaml"))
            for r in all_roles]  # fmt: skip
    others = [(f"`{verb}`", does(verb), who_may) for verb, who_may in WITHOUT_ROLE.items()]
    about = """A role is a list of verbs; an appointment gives a person a role for regions (and industries), with dates. Whoever has no
verb may do nothing: every page, deed, file and command asks."""
    return page(
        "Roles", about, table(["role", "title", "verbs", "file"], rows),
        "## Verbs: what they allow, and who has them\n", table(["verb", "deeds", "roles"], who),
        "## Verbs that no role has\n", table(["verb", "deeds", "who"], others),
    )  # fmt: skip


def code_lists_page() -> str:
    from wushang.terms import codes

    parts, rows = [], []
    for name in codes.names():
        entries = codes.all(name)
        path = SOURCE / "terms" / "codes" / f"{name}.csv"
        sources = "；".join(dict.fromkeys(entry.source for entry in entries))
        checked = max(entry.checked for entry in entries)
        rows.append((f"`{name}`", len(entries), sources, checked, link(path)))
        if len(entries) <= 60:
            shown = [(f"`{e.code}`", e.name, e.valid_from, e.valid_to or "", "、".join(e.aliases)) for e in entries]
            parts += [f"## `{name}`\n", table(["code", "name", "valid from", "valid to", "also written"], shown)]
    about = """Code lists are dated: a word is looked up as of the day of the event, never by likeness. Long lists stand in their
csv file only."""
    return page("Code lists", about, table(["list", "entries", "source", "checked", "file"], rows), *parts)


# --- All pages --------------------------------------------------------------------------------------------------------

PAGES = {
    "measures": measures_page, "sources": sources_page, "policies": policies_page, "settings": settings_page,
    "commands": commands_page, "roles": roles_page, "code-lists": code_lists_page,
}  # fmt: skip


def written() -> dict[str, str]:
    """File name → text, as it should be committed."""
    from django.utils import translation

    with translation.override("zh-hans"):
        return {f"{name}.md": write() for name, write in PAGES.items()}


def main() -> None:
    os.environ.setdefault("WUSHANG_HOME", tempfile.mkdtemp(prefix="wushang-reference-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wushang.web.settings")
    import django

    django.setup()
    OUT.mkdir(parents=True, exist_ok=True)
    for name, text in written().items():
        (OUT / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"docs/reference/{name}\n")


if __name__ == "__main__":
    main()
