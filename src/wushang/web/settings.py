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
WUSHANG_SNAPSHOT = HOME / "snapshot"
WUSHANG_ENGINE = env.text("WUSHANG_ENGINE", "duckdb")
WUSHANG_POLICIES = Path(__file__).resolve().parents[1] / "policies"
WUSHANG_FONT_DIR = env.text("WUSHANG_FONT_DIR", "")
WUSHANG_SMS_URL = env.text("WUSHANG_SMS_URL", "")  # address of the short-message gateway; empty: none
WUSHANG_SMS_TOKEN = env.text("WUSHANG_SMS_TOKEN", "")  # what the gateway knows us by
WUSHANG_SIGN_STEPS = int(env.choice("WUSHANG_SIGN_STEPS", "2", ("2", "3")))  # signatures: 2 审核签发, 3 with 会签
WUSHANG_WARN_DAYS = env.lengths("WUSHANG_WARN_DAYS")  # state → length of its step, "drafted=2 working_days;signed=1 days"
WUSHANG_PUSH_HOLD_MINUTES = env.number("WUSHANG_PUSH_HOLD_MINUTES", 30)  # minutes a push waits in 待发箱
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
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "wushang.people.passwords.ThreeKinds"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
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
