"""The exercises as data: what to do, as whom, where, and by which deeds one sees that it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from wushang.people.models import AuditEntry


@dataclass(frozen=True)
class Exercise:
    title: Any
    says: Any
    who: str  # user name of the post
    url: str  # url name
    deeds: tuple[str, ...]


EXERCISES = (
    Exercise(_("上传本月工伤认定台账"), _("用页面下方的练习文件，不用改格式。看四个数是不是加起来等于文件的行数。"),
             "wangli", "collect:batches", ("ReceiveFile",)),
    Exercise(_("订正一行"), _("在“待订正”里改正一行，或写明理由按原值接收，或退回报送单位。"),
             "wangli", "collect:batches", ("MendRow", "AcceptRow", "ReturnRow")),
    Exercise(_("看本批将产生什么，再确认入库"), _("确认以前什么都不入库。确认后等几秒，到“待办”看新生成的预警。"),
             "wangli", "collect:batches", ("ConfirmBatch",)),
    Exercise(_("起草一件预警"), _("补齐右侧空着的几项，看左侧的函，提交审核。"),
             "wangli", "warn:warnings", ("SubmitForReview",)),
    Exercise(_("审核：退回或同意"), _("退回要写理由；同意后到签发。"), "lijianguo", "warn:warnings", ("Review", "SendBack")),
    Exercise(_("签发一件"), _("起草、审核、签发必须是三个人。"), "zhoumin", "warn:warnings", ("Sign",)),
    Exercise(_("编文号并发出"), _("文号可以填 OA 的，也可以用平台自编的。"), "wangli", "warn:warnings", ("Issue",)),
    Exercise(_("登记一次送达"), _("当面送达要照片；邮寄要单号。"), "wangli", "warn:warnings", ("RegisterDelivery",)),
    Exercise(_("替单位填一次整改情况"), _("在“练习短信箱”里打开已发出的函的链接，验证码就写在页面上。依次签收、填写、负责人确认。"),
             "wangli", "warn:practice", ("SubmitReport",)),
    Exercise(_("复核整改情况"), _("通过，或在某一项旁写明理由退回补正。"), "fangzhiqiang", "rectify:reports",
             ("AcceptReport", "ReturnReport")),
)  # fmt: skip


def done_since(start: datetime) -> dict[Any, datetime]:
    """Exercise title → when somebody first did it by hand; what the replay did does not count."""
    rows = AuditEntry.objects.exclude(via__in=("command", "worker")).filter(at__gte=start)
    first: dict[str, datetime] = {}
    for detail, at in rows.order_by("at").values_list("detail", "at"):
        if not detail.get("refused"):
            first.setdefault(detail.get("act", ""), at)
    return {e.title: min(times) for e in EXERCISES if (times := [first[d] for d in e.deeds if d in first])}
