from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("pool", "0010_who_was_hurt"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="headcount",
            name="headcount_by_period",
        ),
    ]
