from django.db import migrations, models
from django.utils import timezone


def begin_here(apps, _schema):
    """Units that a ledger held before were looked at when they landed: only what comes from now on is."""
    newest = apps.get_model("pool", "Commit").objects.aggregate(newest=models.Max("number"))["newest"]
    if newest:
        apps.get_model("integrate", "PairRun").objects.create(at=timezone.now(), commit=newest, units=0, pairs=0)


class Migration(migrations.Migration):

    dependencies = [
        ('integrate', '0002_links'),
        ('pool', '0008_found_by'),
    ]

    operations = [
        migrations.CreateModel(
            name='PairRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('commit', models.BigIntegerField()),
                ('units', models.IntegerField()),
                ('pairs', models.IntegerField()),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.RunPython(begin_here, migrations.RunPython.noop, elidable=True),
        migrations.AddField(
            model_name='link',
            name='told',
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name='link',
            index=models.Index(condition=models.Q(('told', False)), fields=['state'], name='link_untold'),
        ),
    ]
