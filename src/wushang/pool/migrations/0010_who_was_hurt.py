from django.db import connection, migrations, models

from wushang.terms import codes

SOME = 2000
LEAD, LAST = "injury_recognition", "hand_entry"


def fill(apps, _schema_editor):
    """What every version would say had it been kept then: from the reports that were current with it, the recognition's first."""
    version, report = (apps.get_model("pool", name) for name in ("InjuryVersion", "Report"))
    rows, last = version.objects.order_by("pk").values_list("pk", "injury_id", "recorded_id", "occurred", "workshop", "post"), 0
    while some := list(rows.filter(pk__gt=last)[:SOME]):
        last = some[-1][0]
        heard = _heard(report, {row[1] for row in some})
        found = [(*_said(row, heard.get(row[1], ())), row[0]) for row in some]
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE pool_injuryversion SET sex = %s, age_band = %s, sender = %s, workshop_kind = %s, post_kind = %s WHERE id = %s", found
            )


def _heard(report, injuries):
    """Injury → its reports, the one that counts most first."""
    found, wanted = {}, sorted(injuries)
    for start in range(0, len(wanted), 500):
        rows = report.objects.filter(injury__in=wanted[start : start + 500]).order_by("-pk").values_list("injury_id", "source", "sender", "values", "recorded_id", "superseded_id")
        for injury, *rest in rows:
            found.setdefault(injury, []).append(rest)
    return {injury: sorted(rows, key=lambda one: (one[0] == LAST, one[0] != LEAD)) for injury, rows in found.items()}


def _said(version, reports):
    _pk, _injury, recorded, occurred, workshop, post = version
    then = [one for one in reports if one[3] <= recorded and (one[4] is None or one[4] > recorded)]
    sex, age = (next((one[2][name] for one in then if one[2].get(name)), None) for name in ("sex", "age"))
    band = codes.age_band(int(age) if age else None, occurred)
    kinds = (codes.kind_in("workshop_kind", workshop, occurred), codes.kind_in("post_kind", post, occurred))
    return (sex or "", band, then[0][1] if then else "", *kinds)


class Migration(migrations.Migration):
    dependencies = [("pool", "0009_visit_presumed")]

    operations = [
        migrations.AddField("injuryversion", "age_band", models.CharField(blank=True, default="", max_length=4), preserve_default=False),
        migrations.AddField("injuryversion", "post_kind", models.CharField(blank=True, default="", max_length=20), preserve_default=False),
        migrations.AddField("injuryversion", "sender", models.CharField(blank=True, default="", max_length=40), preserve_default=False),
        migrations.AddField("injuryversion", "sex", models.CharField(blank=True, default="", max_length=2), preserve_default=False),
        migrations.AddField("injuryversion", "workshop_kind", models.CharField(blank=True, default="", max_length=20), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
