"""当面、邮寄、留置、公告: a person carries the letter; the row waits until somebody registers the delivery."""

from django.utils.translation import gettext_lazy as _

from wushang.warn.channels import Parcel, Unsent

title = _("人工送达")
outside = False


def send(parcel: Parcel) -> str:
    """The worker never carries a letter."""
    raise Unsent("人工送达由经办人登记，不由平台发送", again=False)
