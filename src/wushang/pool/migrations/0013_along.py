import django.db.models.deletion
from django.db import migrations, models

from wushang.pool.models.along import Along


class Migration(migrations.Migration):
    dependencies = [
        ("pool", "0012_hazards_due"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="headcount", name="headcount_by_month"),
        migrations.AlterField(
            model_name="headcount",
            name="recorded",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="pool.commit",
            ),
        ),
        migrations.AddIndex(model_name="headcount", index=Along(fields=["recorded"], name="headcount_recorded", autosummarize=True)),
        migrations.AddIndex(model_name="headcount", index=Along(fields=["month"], name="headcount_by_month", autosummarize=True)),
    ]
