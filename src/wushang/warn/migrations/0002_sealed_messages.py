"""Messages that were delivered in the house are kept like those in the outbox: encrypted. What is there is encrypted first."""

from __future__ import annotations

from typing import Any

from django.db import migrations

import wushang.people.crypto
from wushang.people.crypto import decrypt, encrypt

NAMES = ("InboxItem", "PracticeMessage")


def seal(apps: Any, _editor: Any) -> None:
    _rewrite(apps, encrypt)


def open_again(apps: Any, _editor: Any) -> None:
    _rewrite(apps, decrypt)


def _rewrite(apps: Any, change: Any) -> None:
    for model in (apps.get_model("warn", name) for name in NAMES):
        for pk, text in model.objects.values_list("pk", "text").order_by("pk").iterator(chunk_size=2000):
            model.objects.filter(pk=pk).update(text=change(text))


class Migration(migrations.Migration):
    dependencies = [("warn", "0001_initial")]

    operations = [
        migrations.RunPython(seal, open_again),
        *[migrations.AlterField(name.lower(), "text", wushang.people.crypto.EncryptedTextField()) for name in NAMES],
    ]
