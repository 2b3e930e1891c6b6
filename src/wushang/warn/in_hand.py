"""What somebody holds in this room, for 交接: open warnings he or she handles."""

from django.urls import reverse
from django.utils.translation import gettext as _

from wushang.people.models import User
from wushang.warn import states, units
from wushang.warn.models import Warning


def items(user: User) -> list[dict[str, str]]:
    held = Warning.objects.filter(handler=user, state__in=states.OPEN).order_by("due", "pk")
    return [_item(warning) for warning in held]


def _item(warning: Warning) -> dict[str, str]:
    now = units.version_of(warning.enterprise_id)
    title = f"{warning.rank_level.zh} {now.name if now else ''}（{warning.state_title}）"
    return {"what": _("预警件"), "title": title, "url": reverse("warn:warning", args=[warning.pk])}


def pass_on(giver: User, taker: User) -> int:
    """The open warnings change hands; what is ended stays with who did it."""
    return Warning.objects.filter(handler=giver, state__in=states.OPEN).update(handler=taker)
