"""The one file of settings. Everything a place may change comes from WUSHANG_… variables (docs/reference/settings.md)."""

import secrets
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from wushang.web import environment as env

HOME = Path(env.text("WUSHANG_HOME", "var")).resolve()
HOME.mkdir(parents=True, exist_ok=True)
WUSHANG_HOME = HOME
WUSHANG_MODE = env.choice("WUSHANG_MODE", "demo", ("demo", "trial", "live"))
WUSHANG_CITY = env.text("WUSHANG_CITY", "云溪市")
WUSHANG_REGION = env.text("WUSHANG_REGION", "990100")
WUSHANG_OFFICE_PHONE = env.text("WUSHANG_OFFICE_PHONE", "")  # the office's telephone in letters; empty: the clerk fills it in
WUSHANG_FILES = HOME / "files"
_where = env.text("WUSHANG_SNAPSHOT", "")  # a folder, or an address that Arrow knows (s3://…, hdfs://…); empty: in the home folder
WUSHANG_STORE = _where if "://" in _where else ""  # then the folder in the home holds copies
WUSHANG_SNAPSHOT = Path(_where).resolve() if _where and not WUSHANG_STORE else HOME / "snapshot"
WUSHANG_ENGINE = env.text("WUSHANG_ENGINE", "duckdb")
WUSHANG_POLICIES = Path(__file__).resolve().parents[1] / "policies"
WUSHANG_FONT_DIR = env.text("WUSHANG_FONT_DIR", "")
WUSHANG_SMS_URL = env.text("WUSHANG_SMS_URL", "")  # address of the short-message gateway; empty: none
WUSHANG_SMS_TOKEN = env.text("WUSHANG_SMS_TOKEN", "")  # what the gateway knows us by
WUSHANG_SIGN_STEPS = int(env.choice("WUSHANG_SIGN_STEPS", "2", ("2", "3")))  # signatures: 2 审核签发, 3 with 会签
WUSHANG_RULE_APPROVALS = max(1, env.number("WUSHANG_RULE_APPROVALS", 2))  # people who must approve a rule before it takes force
WUSHANG_WARN_DAYS = env.lengths("WUSHANG_WARN_DAYS")  # state → length of its step, "drafted=2 working_days;signed=1 days"
WUSHANG_VOLUME_YEARS = env.number("WUSHANG_VOLUME_YEARS", 30)  # years a volume (案卷) is kept from the end of its year; 0: for ever
WUSHANG_SEND_HOURS = env.hours("WUSHANG_SEND_HOURS", "2000-01-01=08:00-20:00")  # from which day: when messages leave for people outside
WUSHANG_PUSH_HOLD_MINUTES = env.number("WUSHANG_PUSH_HOLD_MINUTES", 30)  # minutes a push waits in 待发箱
WUSHANG_FILE_MB = env.number("WUSHANG_FILE_MB", 1000)  # the largest file that is taken in, in megabytes: a text is read as it goes
WUSHANG_BOOK_MB = env.number("WUSHANG_BOOK_MB", 300)  # the largest workbook or zip, which is in memory while it is read
WUSHANG_DOUBT_GONE = env.number("WUSHANG_DOUBT_GONE", 20)  # % of the known rows gone from a delivery above which a person says why
WUSHANG_DOUBT_EMPTIED = env.number("WUSHANG_DOUBT_EMPTIED", 20)  # % of the changed rows that say nothing any more, likewise
WUSHANG_CONFIRM_DAYS = env.number("WUSHANG_CONFIRM_DAYS", 2)  # working days within which a checked delivery is confirmed
WUSHANG_MEND_DAYS = env.number("WUSHANG_MEND_DAYS", 5)  # working days within which rows in 待订正 are settled
WUSHANG_API_PER_MINUTE = env.number("WUSHANG_API_PER_MINUTE", 120)  # requests of one machine account (机器账号) in a minute
WUSHANG_API_ROWS = env.number("WUSHANG_API_ROWS", 10_000)  # rows in one request of the machine door
WUSHANG_INBOX = env.text("WUSHANG_INBOX", "")  # folder where departments drop files (收件文件夹); empty: none
WUSHANG_INBOX_STILL = env.number("WUSHANG_INBOX_STILL", 20)  # seconds a file must not grow before it is taken
WUSHANG_INBOX_CONFIRM = env.choice("WUSHANG_INBOX_CONFIRM", "no", ("yes", "no")) == "yes"  # take in what raises no doubt
WUSHANG_PULL_SECONDS = env.number("WUSHANG_PULL_SECONDS", 120)  # the longest a department's database may answer one pull
WUSHANG_PULL_ROWS = env.number("WUSHANG_PULL_ROWS", 500_000)  # rows of one pull; the rest comes with the next
WUSHANG_LINK_ACCEPT = env.number("WUSHANG_LINK_ACCEPT", 990) / 1000  # ‰ from which a report is linked to an injury without a person
WUSHANG_LINK_REVIEW = env.number("WUSHANG_LINK_REVIEW", 300) / 1000  # ‰ from which a person is asked
WUSHANG_LINK_LEAD = env.number("WUSHANG_LINK_LEAD", 3)  # bits by which the likeliest injury must lead the next one
WUSHANG_LINK_DAYS_BEFORE = env.number("WUSHANG_LINK_DAYS_BEFORE", 3)  # days a report may lie before the injury (a wrong date)
WUSHANG_LINK_DAYS_NEAR = env.number("WUSHANG_LINK_DAYS_NEAR", 7)  # days after the injury within which no person is asked
WUSHANG_LINK_DAYS_AFTER = env.number("WUSHANG_LINK_DAYS_AFTER", 60)  # days after the injury within which a report is compared
WUSHANG_LINK_LEARN_FROM = env.number("WUSHANG_LINK_LEARN_FROM", 1000)  # records on either side from which the weights are learnt
WUSHANG_LINK_SAMPLE = env.number("WUSHANG_LINK_SAMPLE", 30)  # decisions of people from which their share is shown
WUSHANG_WORTH_INJURY = env.number("WUSHANG_WORTH_INJURY", 20)  # what an injury of the last year weighs in the order of 单位归并
WUSHANG_WORTH_CASE = env.number("WUSHANG_WORTH_CASE", 50)  # what an open case weighs
WUSHANG_WORTH_HEADS = env.number("WUSHANG_WORTH_HEADS", 10)  # insured heads that weigh one
WUSHANG_PAIR_LIKENESS = env.number("WUSHANG_PAIR_LIKENESS", 720) / 1000  # ‰ of likeness from which two names are put before a person
WUSHANG_PAIRS_SHOWN = env.number("WUSHANG_PAIRS_SHOWN", 5)  # likely units shown for one that is not sure
WUSHANG_UNDO_DAYS = env.number("WUSHANG_UNDO_DAYS", 90)  # days in which 归并 and 分开 can be taken back
WUSHANG_SMALL_KB = env.number("WUSHANG_SMALL_KB", 256)  # files up to this size do not wait behind larger ones
WUSHANG_LEAD_DAYS = env.number("WUSHANG_LEAD_DAYS", 30)  # days after which a report at work without a claim is a lead (疑似未申报)
WUSHANG_CLAIM_DAYS = env.number("WUSHANG_CLAIM_DAYS", 30)  # days within which a claim is in time (申报及时率)
WUSHANG_DECISION_DAYS = env.number("WUSHANG_DECISION_DAYS", 60)  # days within which a decision is in time (认定按期率)
WUSHANG_SEVERITY_DAYS = env.numbers(  # days that an injury weighs in 严重度指数: death, grades 1 to 10, else its severity
    "WUSHANG_SEVERITY_DAYS",
    "fatal=6000;1=6000;2=5556;3=5111;4=4667;5=4000;6=3556;7=2889;8=2444;9=2000;10=1556;serious=105;minor=1",
)
WUSHANG_STAFF_MOVED = env.number("WUSHANG_STAFF_MOVED", 20)  # % of change of a headcount above which counts mislead
WUSHANG_MONTH_HEADS = env.choice("WUSHANG_MONTH_HEADS", "end", ("end", "mean"))  # headcount of one month: its end, or the mean of two ends
WUSHANG_SMALL_CELL = env.dated("WUSHANG_SMALL_CELL", "2021-11-01=3")  # from which day on: counts below it are not made public
WUSHANG_SIGNALS_A_WEEK = max(1, env.number("WUSHANG_SIGNALS_A_WEEK", 5))  # 异常提示 that an office gets in a week, the surest first
WUSHANG_SIGNAL_DAYS = env.number("WUSHANG_SIGNAL_DAYS", 5)  # working days in which a signal is looked into (核查期限)
WUSHANG_SIGNALS_FALSE = env.number("WUSHANG_SIGNALS_FALSE", 5)  # % of false ones that is borne among them
WUSHANG_CONTACT_DAYS = env.number("WUSHANG_CONTACT_DAYS", 365)  # days after which a contact must be verified again
WUSHANG_ADDRESS = env.text("WUSHANG_ADDRESS", "http://127.0.0.1:8000")


def _kept_secret(name: str) -> str:
    """A secret made at first start and kept in the home folder, unless the environment gives one."""
    given = env.text(f"WUSHANG_{name.upper()}", "")
    if given:
        return given
    path = HOME / f"{name}.secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()


SECRET_KEY = _kept_secret("secret_key")
WUSHANG_FIELD_KEY = _kept_secret("field_key")
WUSHANG_CIPHER = env.choice("WUSHANG_CIPHER", "aes", ("aes", "sm4"))
DEBUG = env.choice("WUSHANG_DEBUG", "no", ("yes", "no")) == "yes"
ALLOWED_HOSTS = env.text("WUSHANG_HOSTS", "127.0.0.1,localhost,testserver").split(",")
CSRF_TRUSTED_ORIGINS = [WUSHANG_ADDRESS]

ROOMS = ["people", "pool", "collect", "integrate", "analyse", "judge", "warn", "rectify", "evaluate"]
PRESENT_ROOMS = [room for room in ROOMS if (Path(__file__).resolve().parents[1] / room / "apps.py").exists()]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "ninja",
    *[f"wushang.{room}" for room in PRESENT_ROOMS],
    "wushang.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wushang.people.middleware.WhoMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "wushang.web.urls"
WSGI_APPLICATION = "wushang.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "wushang.web.context.page",
            ]
        },
    }
]
DATABASES = {"default": env.database(env.text("WUSHANG_DATABASE", "sqlite"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "wushang.people.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "wushang.people.passwords.ThreeKinds"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
WUSHANG_PASSWORD_LENGTH = env.number("WUSHANG_PASSWORD_LENGTH", 10)  # characters a new password has at least
WUSHANG_PASSWORD_DAYS = env.number("WUSHANG_PASSWORD_DAYS", 180)  # days after which a password must be changed; 0: never
AXES_FAILURE_LIMIT = env.number("WUSHANG_LOCKOUT_TRIES", 5)
AXES_COOLOFF_TIME = timedelta(minutes=env.number("WUSHANG_LOCKOUT_MINUTES", 20))
AXES_LOCKOUT_PARAMETERS = ["username"]  # by name: offices share one address
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "wushang.people.lockout.page"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the time the page names stays true
AXES_VERBOSE = False
SESSION_COOKIE_AGE = env.number("WUSHANG_SESSION_MINUTES", 30) * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_ENGINE = "wushang.people.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = WUSHANG_ADDRESS.startswith("https://")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
USE_TZ = True
TIME_ZONE = env.text("WUSHANG_TIME_ZONE", "Asia/Shanghai")

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = WUSHANG_FILES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_HANDLERS = [
    "wushang.web.uploads.Limit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"

EMAIL_HOST = env.text("WUSHANG_SMTP_HOST", "")
EMAIL_PORT = env.number("WUSHANG_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("WUSHANG_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("WUSHANG_SMTP_PASSWORD", "")
DEFAULT_FROM_EMAIL = env.text("WUSHANG_MAIL_FROM", "wushang@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.text("WUSHANG_LOG", "WARNING")},
}
