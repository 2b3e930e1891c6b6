"""Letters drafted before the wording named lengths get the rule's own, and the word for their place: what lies with a signer is whole."""

from django.db import migrations


def fill(apps, schema_editor):
    from wushang.people import area
    from wushang.pool.models import EnterpriseVersion
    from wushang.warn import within, wording

    letters = apps.get_model("warn", "Letter").objects.exclude(warning=None).exclude(warning__finding=None)
    for letter in letters.select_related("warning__finding__version").iterator():
        if letter.kind not in wording.names() or "enterprise" not in letter.values:
            continue
        region = EnterpriseVersion.objects.filter(enterprise=letter.warning.enterprise_id).order_by("-pk").values_list("region", flat=True).first()
        known = within.of(letter.warning.finding) | {"place": area.whole((region or "")[:6])}
        fields = wording.letter(letter.kind).fields
        letter.values = {name: said for name, said in known.items() if name in fields and said} | letter.values
        letter.save(update_fields=["values"])


class Migration(migrations.Migration):

    dependencies = [
        ('warn', '0007_issuer_and_further_letters'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
