"""邮件: one mail by SMTP (settings EMAIL_…). The Message-ID is the parcel's key, so that a repetition is recognised."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext_lazy as _

from wushang.warn.channels import Parcel, Unsent

title = _("邮件")
outside = True
PATIENCE = 20  # seconds


def send(parcel: Parcel) -> str:
    """Mail in, its Message-ID out."""
    if not settings.EMAIL_HOST:
        raise Unsent("没有设置邮件服务器（WUSHANG_SMTP_HOST）", again=False)
    message_id = f"<{parcel.key}@wushang>"
    mail = EmailMessage(
        subject=parcel.title,
        body="\n\n".join(part for part in (parcel.text, parcel.link) if part),
        to=[parcel.to],
        headers={"Message-ID": message_id},
        connection=get_connection("django.core.mail.backends.smtp.EmailBackend", timeout=PATIENCE),
    )
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _reply in refused.recipients.values()]
        raise Unsent("邮件服务器不接受这个地址", again=all(400 <= code < 500 for code in codes)) from refused
    except smtplib.SMTPAuthenticationError as refused:
        raise Unsent("邮件服务器不接受登录名或密码", again=False) from refused
    except smtplib.SMTPResponseException as refused:
        raise Unsent(f"邮件服务器答复 {refused.smtp_code}", again=400 <= refused.smtp_code < 500) from refused
    except (OSError, smtplib.SMTPException) as broken:
        raise Unsent(f"连不上邮件服务器：{type(broken).__name__}", again=True) from broken
    return message_id
