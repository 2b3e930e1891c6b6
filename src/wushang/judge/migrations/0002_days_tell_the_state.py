"""Whether a version has ended is told by its days, no longer by a word beside them."""

from typing import Any

from django.db import migrations


def forwards(apps: Any, schema_editor: Any) -> None:
    apps.get_model("judge", "PolicyVersion").objects.filter(state="ended").update(state="in_force")


class Migration(migrations.Migration):
    dependencies = [("judge", "0001_initial")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
