"""What somebody holds in rectify: open cases and referrals; passed on with 一键交接."""

from django.urls import reverse

from wushang.people.hand_over import Item
from wushang.people.models import User
from wushang.rectify.models import Case, Referral
from wushang.rectify.models.asked import REFERRAL_OPEN
from wushang.rectify.states import OPEN
from wushang.rectify.words import unit_name


def items(user: User) -> list[Item]:
    cases = Case.objects.filter(handler=user, state__in=OPEN)
    asked = Referral.objects.filter(handler=user, state__in=REFERRAL_OPEN)
    sent = Referral.objects.filter(sent_by=user, state__in=REFERRAL_OPEN)
    return [
        *({"what": "整改件", "title": f"{unit_name(c.enterprise_id)} {c.state_title}", "url": case_url(c)} for c in cases),
        *({"what": "转办件", "title": _title(r), "url": reverse("rectify:referral", args=[r.pk])} for r in asked),
        *({"what": "转出件", "title": _title(r), "url": reverse("rectify:referral", args=[r.pk])} for r in sent),
    ]


def pass_on(giver: User, taker: User) -> int:
    """Everything open goes to the taker; returns how many."""
    return (
        Case.objects.filter(handler=giver, state__in=OPEN).update(handler=taker)
        + Referral.objects.filter(handler=giver, state__in=REFERRAL_OPEN).update(handler=taker)
        + Referral.objects.filter(sent_by=giver, state__in=REFERRAL_OPEN).update(sent_by=taker)
    )


def case_url(case: Case) -> str:
    return reverse("rectify:case", args=[case.pk])


def _title(referral: Referral) -> str:
    return f"{unit_name(referral.enterprise_id)} {referral.kind_title}"
