"""转办 of a 整改方案 get a kind of their own; before, they were among 其他事项 and known by their words alone."""

from django.db import migrations

WORDS = "监督单位制定整改方案"


def name_them(apps, schema_editor):
    rows = apps.get_model("rectify", "Referral").objects.using(schema_editor.connection.alias)
    rows.filter(kind="other", what__startswith=WORDS).update(kind="plan")


class Migration(migrations.Migration):

    dependencies = [("rectify", "0002_correction_mended")]

    operations = [migrations.RunPython(name_them, migrations.RunPython.noop)]
