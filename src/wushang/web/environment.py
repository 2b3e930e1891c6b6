"""Read settings from the environment; a wrong value stops the start with a sentence."""

import os
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlparse

from django.core.exceptions import ImproperlyConfigured

from wushang.terms.deadline import Length

ASKED: dict[str, str] = {}  # every variable that was read → its default, for the page 本单位

def text(name: str, default: str) -> str:
    """The value of NAME, or the content of the file named by NAME_FILE (secrets), or the default."""
    ASKED[name] = default
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def numbers(name: str, default: str) -> dict[str, int]:
    """'fatal=6000;minor=1' → {'fatal': 6000, 'minor': 1}: the default's words; what is said of some leaves the others."""
    known = dict(_pair(name, part) for part in default.split(";"))
    said = dict(_pair(name, part) for part in filter(None, map(str.strip, text(name, default).split(";"))))
    if unknown := sorted(set(said) - set(known)):
        raise ImproperlyConfigured(f"{name}: no word {', '.join(unknown)}; there are {', '.join(known)}.")
    return known | said


def dated(name: str, default: str) -> tuple[tuple[date, int], ...]:
    """'2021-11-01=3;2027-01-01=5' → ((2021-11-01, 3), (2027-01-01, 5)): from which day on a value holds, the earliest first."""
    try:
        pairs = [part.partition("=") for part in filter(None, map(str.strip, text(name, default).split(";")))]
        return tuple(sorted((date.fromisoformat(day.strip()), int(value)) for day, _equals, value in pairs))
    except ValueError:
        raise ImproperlyConfigured(f"{name} must read 'day=whole number', as in {default!r}; several with ';'.") from None


def hours(name: str, default: str) -> tuple[tuple[date, tuple[int, int]], ...]:
    """'2000-01-01=08:00-20:00' → ((2000-01-01, (480, 1200)),): from which day on, from which minute of the day to which."""
    try:
        pairs = [part.partition("=") for part in filter(None, map(str.strip, text(name, default).split(";")))]
        return tuple(sorted((date.fromisoformat(day.strip()), _span(said)) for day, _equals, said in pairs))
    except ValueError:
        raise ImproperlyConfigured(f"{name} must read 'day=hh:mm-hh:mm', as in {default!r}; several with ';'.") from None


def _span(said: str) -> tuple[int, int]:
    begin, end = (int(hour) * 60 + int(minute) for hour, minute in (one.split(":") for one in said.split("-")))
    if not 0 <= begin < end <= 24 * 60:
        raise ValueError(said)
    return begin, end


def _pair(name: str, part: str) -> tuple[str, int]:
    word, _equals, value = (piece.strip() for piece in part.partition("="))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name}: {part!r} must read 'word=whole number', as in 'fatal=6000'.")
    return word, int(value)


def lengths(name: str) -> dict[str, str]:
    """'drafted=2 working_days;signed=1 days' → {'drafted': '2 working_days', 'signed': '1 days'}."""
    found = {}
    for part in filter(None, map(str.strip, text(name, "").split(";"))):
        key, _equals, length = (piece.strip() for piece in part.partition("="))
        try:
            Length.parse(length)
        except ValueError:
            raise ImproperlyConfigured(f"{name}: {part!r} must read 'state=length', as in 'drafted=2 working_days'.") from None
        found[key] = length
    return found


def database(url: str, home: Path) -> dict:
    """Django's DATABASES entry for 'sqlite' (embedded, in the home folder), 'sqlite:///file' or 'postgresql://…'."""
    if url == "sqlite" or url.startswith("sqlite:///"):
        return sqlite(home / "ledger.sqlite3" if url == "sqlite" else Path(url.removeprefix("sqlite:///")))
    parts = urlparse(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(f"WUSHANG_DATABASE must be 'sqlite' or a postgresql:// address, not {url!r}.")
    host = parts.hostname or ""
    if "host=" in parts.query:  # a socket folder, as local servers give it
        host = unquote(dict(pair.split("=", 1) for pair in parts.query.split("&"))["host"])
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


def sqlite(path: Path) -> dict:
    # WAL lets readers go on while a landing writes; IMMEDIATE takes the write lock at BEGIN, so that a deed waits
    # (up to busy_timeout) instead of failing half-way.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 60,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
        },
        "TEST": {"NAME": str(path) + ".test"},
    }
