import wushang.people.sealed_files
import wushang.warn.models.letter
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('warn', '0005_paper_cases'),
    ]

    operations = [
        migrations.AlterField(
            model_name='deliveryreceipt',
            name='photo',
            field=models.FileField(blank=True, storage=wushang.people.sealed_files.SealedStorage, upload_to='receipts/%Y/%m'),
        ),
        migrations.AlterField(
            model_name='letterfile',
            name='file',
            field=models.FileField(storage=wushang.people.sealed_files.SealedStorage, upload_to=wushang.warn.models.letter._stored_as),
        ),
    ]
