"""Where a bench's person begins, in a process of her own: Django first, then what needs it."""

from __future__ import annotations

from multiprocessing.connection import Connection


def sits(desk: Connection) -> None:
    import django

    django.setup()
    from wushang.web.bench.hand_entries import entering

    entering(desk)
