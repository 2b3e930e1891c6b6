"""Settings: what the settings file reads, and what each means."""

from __future__ import annotations

import ast
import re

from reference_pages.markdown import SOURCE, code, page, table

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
