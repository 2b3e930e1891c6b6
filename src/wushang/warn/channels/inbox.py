"""站内: an item in the inbox of a department or an enterprise."""

from django.utils.translation import gettext_lazy as _

from wushang.warn.channels import Parcel

title = _("站内")
outside = False


def send(parcel: Parcel) -> str:
    """Put the item there once; the same parcel again changes nothing."""
    from wushang.warn.models import Delivery, InboxItem

    delivery = Delivery.objects.get(pk=parcel.delivery)
    item, _new = InboxItem.objects.get_or_create(
        delivery=delivery,
        defaults={
            "department": delivery.department,
            "enterprise": delivery.enterprise if delivery.recipient_kind == "enterprise" else None,
            "title": parcel.title,
            "text": parcel.text,
            "link": parcel.link,
            "created": delivery.created,
        },
    )
    return f"inbox:{item.pk}"
