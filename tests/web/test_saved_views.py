"""常用表: a kept question answers in the scope of whoever opens it or gets it, never in its owner's."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from wushang.analyse.kept.asking import asked_from
from wushang.analyse.kept.sending import send_views, turn
from wushang.analyse.models import SavedView, SentView, Subscription
from wushang.people.todo import todos

pytestmark = pytest.mark.django_db
QUESTION = "measure=injury_events&down=town&from=2026-01&to=2026-02&basis=reported&scope=all"


@pytest.fixture
def kept(town, visit) -> SavedView:
    """The leader's, shared with everybody."""
    town.spring()
    visit("shenzhiyuan", "/analyse/views/keep/", {"name": "各镇街", "question": QUESTION, "span": "fixed", "shared": "all"})
    return SavedView.objects.get()


def rows(page: str) -> str:
    return page[page.index("<tbody>") : page.index("</tbody>")]


def test_a_shared_view_shows_the_readers_scope(kept, visit) -> None:
    whole = rows(visit("shenzhiyuan", visit("shenzhiyuan", f"/analyse/views/{kept.pk}/").url).content.decode())
    assert "东城街道" in whole and "石塘镇" in whole
    own = rows(visit("zhanghaiyan", visit("zhanghaiyan", f"/analyse/views/{kept.pk}/").url).content.decode())
    assert "东城街道" in own and "石塘镇" not in own
    assert "东城街道" not in rows(visit("linwai", visit("linwai", f"/analyse/views/{kept.pk}/").url).content.decode())


def test_what_comes_by_itself_is_reckoned_in_the_receivers_scope(kept, visit, people, now) -> None:
    for who in ("shenzhiyuan", "zhanghaiyan", "linwai"):
        visit(who, f"/analyse/views/{kept.pk}/every/", {"every": "week"})
    assert send_views(now) == 3 and send_views(now) == 0
    said = {sent.user.username: sent.said for sent in SentView.objects.all()}
    assert "事故起数 3 起" in said["shenzhiyuan"] and "事故起数 2 起" in said["zhanghaiyan"] and "事故起数 0 起" in said["linwai"]
    assert any(todo.what == "定期报表" and "2 起" in todo.name for todo in todos(people.zhanghaiyan.actor, date(2026, 3, 20)))
    sent = SentView.objects.get(user=people.zhanghaiyan)
    opened = visit("zhanghaiyan", f"/analyse/views/sent/{sent.pk}/", {})
    assert parse_qs(urlsplit(opened.url).query)["known"] == [f"{sent.commit}"] and "石塘镇" not in rows(visit("zhanghaiyan", opened.url).content.decode())
    assert not any(todo.what == "定期报表" for todo in todos(people.zhanghaiyan.actor, date(2026, 3, 20)))
    assert visit("zhanghaiyan", f"/analyse/views/sent/{SentView.objects.get(user=people.linwai).pk}/", {}).status_code == 404


def test_it_comes_again_next_week_and_not_to_who_left(kept, visit, people, now) -> None:
    visit("zhanghaiyan", f"/analyse/views/{kept.pk}/every/", {"every": "week"})
    visit("linwai", f"/analyse/views/{kept.pk}/every/", {"every": "month"})
    send_views(now)
    type(people.linwai).objects.filter(pk=people.linwai.pk).update(is_active=False)
    assert send_views(now + timedelta(days=7)) == 1 and send_views(now + timedelta(days=31)) == 1
    assert turn("week", date(2026, 3, 20)) == date(2026, 3, 16) and turn("month", date(2026, 3, 20)) == date(2026, 3, 1)


def test_ones_own_view_is_nobody_elses(kept, visit, people) -> None:
    SavedView.objects.update(shared="department")
    assert visit("wangli", f"/analyse/views/{kept.pk}/").status_code == 302  # the same department
    assert visit("zhanghaiyan", f"/analyse/views/{kept.pk}/").status_code == 404
    visit("wangli", f"/analyse/views/{kept.pk}/drop/", {})
    assert SavedView.objects.get().dropped is None
    visit("shenzhiyuan", f"/analyse/views/{kept.pk}/drop/", {})
    assert visit("wangli", f"/analyse/views/{kept.pk}/").status_code == 404 and not Subscription.objects.exists()


def test_the_months_of_a_view_go_on(kept) -> None:
    def months(span: str) -> list[date]:
        return [asked_from(kept.question, span, date(2026, 9, 10)).period.start, asked_from(kept.question, span, date(2026, 9, 10)).period.end]

    assert months("fixed") == [date(2026, 1, 1), date(2026, 2, 28)]
    assert months("year") == [date(2026, 1, 1), date(2026, 8, 31)]
    assert months("rolling") == [date(2026, 7, 1), date(2026, 8, 31)]
