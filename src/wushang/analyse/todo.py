"""待办 of 分析: tables that came by themselves and are not read yet."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from wushang.analyse.models import SentView
from wushang.people.actor import Actor
from wushang.people.todo import Todo


def items(actor: Actor, today: date) -> list[Todo]:
    if actor.user is None or not actor.scope.may("analyse.see"):
        return []
    unread = SentView.objects.filter(user=actor.user, read=None).select_related("view")
    return [Todo(None, _("定期报表"), f"{one.view.name}　{one.said}", reverse("analyse:views"), _("定期报表"), _("阅"), reverse("analyse:views"))
            for one in unread]  # fmt: skip
