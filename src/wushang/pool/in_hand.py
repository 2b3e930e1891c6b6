"""What goes with somebody's posts: the units of the scope and their contacts. Both follow the post, so nothing is moved."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.people.access import grant_of
from wushang.people.deeds.hand_over import to_pass
from wushang.people.hand_over import Item
from wushang.people.models import User
from wushang.people.scope import Scope
from wushang.pool import contacts


def items(user: User) -> list[Item]:
    """How many units, how many contacts, how many of them nobody can reach or has verified of late."""
    today = timezone.localdate()
    scope = Scope(tuple(grant_of(one) for one in to_pass(user, today)))
    units = contacts.standing(scope, "pool.see").count() if scope.may("pool.see") else 0
    return [
        *([{"what": _("单位范围"), "title": _("%(n)d 家单位") % {"n": units}, "url": reverse("enterprises")}] if units else []),
        *([{"what": _("联系人"), "title": _reach(scope, today), "url": reverse("pool:contacts")}] if scope.may("pool.contacts") and units else []),
    ]  # fmt: skip


def _reach(scope: Scope, today) -> str:
    found = {name: contacts.tab(contacts.standing(scope), name, today).count() for name in ("all", "none", "stale", "invalid")}
    said = _("%(all)d 家的联系人：缺 %(none)d 家，待核实 %(stale)d 家，有无效号码 %(invalid)d 家")
    return said % found


def pass_on(giver: User, taker: User) -> int:
    """Nothing to move: who takes the post sees its units and keeps their contacts."""
    return 0
