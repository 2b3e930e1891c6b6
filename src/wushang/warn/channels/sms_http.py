"""短信: a small HTTP gateway. One POST of JSON {key, to, text}; the gateway answers 2xx with {"id": …}.

`key` is the same at every attempt: a gateway that has seen it answers as before and sends nothing more.
"""

import json
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wushang.warn.channels import Parcel, Unsent

title = _("短信")
outside = True
PATIENCE = 15  # seconds


def send(parcel: Parcel) -> str:
    """Short message in, the gateway's id out."""
    address = settings.WUSHANG_SMS_URL
    if not address.startswith(("http://", "https://")):
        raise Unsent("没有设置短信网关（WUSHANG_SMS_URL）", again=False)
    body = json.dumps({"key": parcel.key, "to": parcel.to, "text": parcel.whole}, ensure_ascii=False).encode()
    request = Request(address, body, _headers(parcel), method="POST")  # noqa: S310 - the scheme was checked above
    try:
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            return _receipt(answer.read(65_536))
    except HTTPError as refused:
        raise Unsent(f"短信网关答复 {refused.code}", again=refused.code >= 500 or refused.code == 429) from refused
    except (URLError, OSError, HTTPException) as broken:
        raise Unsent(f"连不上短信网关：{type(broken).__name__}", again=True) from broken


def _headers(parcel: Parcel) -> dict[str, str]:
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": parcel.key}
    token = settings.WUSHANG_SMS_TOKEN
    return headers | ({"Authorization": f"Bearer {token}"} if token else {})


def _receipt(body: bytes) -> str:
    try:
        said = json.loads(body or b"{}")
    except ValueError:
        return ""
    return str(said.get("id", ""))[:200] if isinstance(said, dict) else ""
