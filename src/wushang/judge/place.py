"""Where a rule comes from, and where it is to hold: codes that stand for a place, and none that nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DatabaseError
from django.utils.translation import gettext as _

from wushang.judge.language.mistake import nearest
from wushang.judge.remark import Remark
from wushang.people import gazetteer
from wushang.people.models import Region
from wushang.terms.problem import Problem, Refused

WHOLE = "000000"  # 全国
PRACTICE = "99"  # GB/T 2260 ends before 99: the invented places that people practise in


def check_area(code: str) -> Iterator[Remark]:
    """The place of the document: six digits that stand, or once stood, in GB/T 2260, or that this place keeps itself."""
    if not (code.isdigit() and len(code) == 6):
        yield Remark("error", _("area 应是6位行政区划代码"), "area", remedy=_('例如 area: "620724"'), code="name")
    elif not exists(code):
        sentence = _("area 写的“%(code)s”不是任何地方的行政区划代码") % {"code": code}
        yield Remark("error", sentence, "area", remedy=close_to(code), code="name")


def exists(code: str) -> bool:
    return code == WHOLE or code.startswith(PRACTICE) or code in gazetteer.names() or kept(code)


def kept(code: str) -> bool:
    """Whether this place keeps such a region itself; a file may be checked where there is no ledger at all."""
    try:
        return Region.objects.filter(code=code).exists()
    except DatabaseError:
        return False


def close_to(code: str) -> str:
    """是不是620724（高台县）？ – of the same prefecture or province, or a code with one digit otherwise."""
    names = gazetteer.names()
    near = [one for one in names if one[:4] == code[:4]] or list(names)
    close = [f"{one}（{names[one]}）" for one in nearest(code, near)]
    return _("是不是%(close)s？") % {"close": "、".join(close)} if close else _("请查 GB/T 2260 或“设置・区域”")


def must_exist(region: str) -> None:
    """Refused where a rule is to be adopted, tried or compared for a region that the platform does not know."""
    if not Region.objects.filter(code=region).exists():
        why = _("没有代码为“%(code)s”的地区") % {"code": region}
        raise Refused(
            Problem("policy", "region", region, why, _("请写“设置・区域”里有的代码，例如本平台所在地区的6位代码"))
        )
