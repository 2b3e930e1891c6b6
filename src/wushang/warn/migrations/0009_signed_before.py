"""Deliveries registered before with the name of who signed (当面、手机; 邮寄 with its slip) were 已送达 only: they are 已签收 too, on
the day that stands on the receipt. Cases that wait for the receipt begin with the worker's next round."""

from datetime import datetime, time

from django.db import migrations
from django.utils import timezone


def fill(apps, schema_editor):
    signed = apps.get_model("warn", "DeliveryReceipt").objects.filter(undone=None, method__in=("in_person", "mobile", "mail"))
    signed = signed.exclude(masked_person="").filter(warning__state="delivered", warning__acknowledged=None)
    seen = set()
    for receipt in signed.select_related("warning").order_by("on", "pk"):
        if receipt.warning_id in seen or receipt.method == "mail" and not receipt.photo:
            continue
        seen.add(receipt.warning_id)
        _acknowledge(apps, receipt)


def _acknowledge(apps, receipt):
    same_day = timezone.localdate(receipt.at) == receipt.on
    at = receipt.at if same_day else timezone.make_aware(datetime.combine(receipt.on, time.min))
    rows = apps.get_model("warn", "Warning").objects.filter(pk=receipt.warning_id)
    rows.update(state="acknowledged", acknowledged=at, due=None)
    apps.get_model("warn", "Entry").objects.create(
        warning=receipt.warning, at=receipt.at, name="平台", text="送达登记写明了签收人，补记为单位签收"
    )


class Migration(migrations.Migration):

    dependencies = [
        ("warn", "0008_lengths_of_letters"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
