"""How an enterprise comes in without an account: a link (on the letter, in a message, as a QR code), then a phone code."""

from django.db import models

from wushang.pool.models import Contact, Enterprise


class AccessLink(models.Model):
    """A link to one enterprise's own page. The token stands nowhere in the ledger, only its hash."""

    token_hash = models.CharField(max_length=64, unique=True)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    warning = models.ForeignKey("warn.Warning", on_delete=models.PROTECT, related_name="links")
    purpose = models.CharField(max_length=8, default="rectify")  # rectify | confirm (the head's)
    created = models.DateTimeField()
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True)


class PhoneCode(models.Model):
    """A code sent to a registered telephone: hashed, ten minutes, five tries, used once."""

    link = models.ForeignKey(AccessLink, on_delete=models.CASCADE, related_name="codes")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    code_hash = models.CharField(max_length=64)
    sent = models.DateTimeField()
    expires = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
