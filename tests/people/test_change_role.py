"""What a post may do is data: the administrator gives 文号 to the section head; the auditor stays alone."""

import pytest

from wushang.people import load
from wushang.people.access import scope_of
from wushang.people.deed import NotAllowed
from wushang.people.deeds.change_role import ChangeRole
from wushang.people.models import AuditEntry, Role
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db
HEAD, AUDITOR, ADMIN = "section_head", "auditor", "system_admin"


@pytest.fixture
def change(people, now):
    def go(code: str, give=(), take=(), who="admin", reason="文号改由科长编"):
        role = Role.objects.get(code=code)
        wanted = [verb for verb in [*role.verbs, *give] if verb not in take]
        return ChangeRole(getattr(people, who).actor, now, role, role.title, wanted, reason).do()

    return go


def test_a_right_given_and_one_taken_hold_at_once_and_stand_in_the_log(change, people, now):
    change(HEAD, give=["warn.number"], take=["ledger.print"])
    scope = scope_of(people.lijianguo, now.date())
    assert scope.may("warn.number") and not scope.may("ledger.print")
    entry = AuditEntry.objects.get(verb="people.roles")
    assert (entry.subject, entry.detail["given"], entry.detail["taken"]) == ("role:section_head", ["warn.number"], ["ledger.print"])


def test_what_the_place_made_of_it_is_kept_by_the_next_start(change):
    change(HEAD, give=["warn.number"], take=["ledger.print"])
    load.roles()
    assert "warn.number" in Role.objects.get(code=HEAD).verbs and "ledger.print" not in Role.objects.get(code=HEAD).verbs


@pytest.mark.parametrize(
    ("code", "given", "taken", "why"),
    [
        (HEAD, ["people.audit"], [], "只属于审计员"),
        (AUDITOR, ["warn.see"], [], "不能兼有"),
        (AUDITOR, ["warn.see"], ["people.audit"], "只属于审计员"),
        (HEAD, ["warn.everything"], [], "没有“warn.everything”"),
        (ADMIN, ["warn.sign"], [], "不能改自己的岗位"),
    ],
)
def test_rights_that_must_stay_apart_are_refused_in_words(change, code, given, taken, why):
    before = Role.objects.get(code=code).verbs
    with pytest.raises(Refused, match=why):
        change(code, given, taken)
    assert Role.objects.get(code=code).verbs == before


def test_nothing_is_left_is_refused_and_so_is_no_reason(change):
    with pytest.raises(Refused, match="没有选任何权限"):
        change(HEAD, take=Role.objects.get(code=HEAD).verbs)
    with pytest.raises(Refused, match="没有写理由"):
        change(HEAD, give=["warn.number"], reason=" ")


def test_only_who_has_the_right_changes_rights(change):
    with pytest.raises(NotAllowed):
        change("clerk", give=["warn.sign"], who="lijianguo")


def test_the_page_shows_rights_by_room_and_what_the_place_changed(enter, people):
    browser = enter("admin")
    role = Role.objects.get(code=HEAD)
    said = {"verb": [*role.verbs, "warn.number"], "title": "科长（股长）", "reason": "文号改由科长编"}
    assert browser.post("/people/accounts/roles/section_head/", said).status_code == 302
    page = browser.get("/people/accounts/roles/section_head/").content.decode()
    assert "科长（股长）" in page and "编文号，上传盖章件" in page and page.count("本地增加") == 1
    listed = browser.get("/people/accounts/roles/").content.decode()
    assert "审计员" in listed and "科长（股长）" in listed


def test_a_refusal_is_told_on_the_page_and_the_ticks_stay(enter, people):
    said = {"verb": ["warn.see"], "title": "科长", "reason": ""}
    page = enter("admin").post("/people/accounts/roles/section_head/", said).content.decode()
    assert "没有写理由" in page and page.count(" checked") == 1


def test_who_only_sees_cannot_change(enter, people):
    browser = enter("lijianguo")
    before = Role.objects.get(code="clerk").verbs
    assert "改岗位权限" not in browser.get("/people/accounts/roles/clerk/").content.decode()
    browser.post("/people/accounts/roles/clerk/", {"verb": ["warn.sign"], "title": "经办人", "reason": "试试"})
    assert Role.objects.get(code="clerk").verbs == before
