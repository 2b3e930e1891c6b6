"""数据订正 as a story: 恒岳杯业 was told 3 accidents in an orange letter; one was not its own. The row is corrected by hand,
the platform finds who was told 3, proposes to withdraw and does nothing; the note is signed and reaches those who had the 3."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from story import files

import wushang
from wushang.analyse.models import Print
from wushang.collect.command import collect_file
from wushang.judge.models import Finding, PolicyVersion
from wushang.people.models import AuditEntry
from wushang.pool import snapshot
from wushang.pool.models import Commit, EnterpriseVersion, InjuryVersion, Report
from wushang.rectify.deeds.answer_correction import AnswerCorrection
from wushang.rectify.deeds.ask_correction import AskCorrection
from wushang.rectify.models import CorrectionRequest
from wushang.terms.problem import Refused
from wushang.warn import corrected
from wushang.warn.models import Correction, Delivery, InboxItem, Letter, Warning
from wushang.warn.outbox import deliver_some
from wushang.web import worker

pytestmark = pytest.mark.django_db
SHIPPED = Path(wushang.__file__).parent / "policies" / "gaotai" / "graded_warning.yaml"
HEAD = "受理编号,单位名称,统一社会信用代码,姓名,证件号码,岗位,事故时间,事故类别,伤害程度,认定情形,申请日期,受理日期\n"
LINES = (
    ("工〔2026〕1号", "赵铁柱", "2026-01-12 08:30", "机械伤害"), ("工〔2026〕2号", "钱多福", "2026-02-03", "机械伤害"),
    ("工〔2026〕3号", "孙二娘", "2026-03-06", "机械伤害"),
)  # fmt: skip


def rule() -> str:
    """The shipped rule with the mocks' numbers: 2 起黄、3 起橙、5 起红."""
    text = SHIPPED.read_text("utf-8").split("\nexamples:")[0]
    for old, new, clause in ((3, 5, "发生3起以上"), (2, 3, "发生2起以上"), (1, 2, "发生1起")):
        text = text.replace(f'{{value: {old}, clause: "{clause}', f'{{value: {new}, clause: "{clause}')
    return text + "\nexamples:\n  - {name: 今年第三起, given: {events: 3, hazards: 0}, expect: orange}\n"


class City:
    """Files come in, the worker works; each method is a sentence of the story."""

    def __init__(self, people, now, folder: Path) -> None:
        self.people, self.now, self.folder = people, now, folder
        PolicyVersion.objects.create(
            policy="gaotai-graded-warning", number=1, title="分级预警", text=rule(), digest="d", region="990100", state="in_force",
            effective_from=date(2026, 1, 1), created=now,
        )  # fmt: skip
        self.send(files.register(folder / "名册.xlsx"), "register", "990100-market")

    def send(self, path: Path, source: str, sender: str) -> None:
        said = collect_file(path, source, self.people.system.actor, self.now, False, sender, "试")
        assert said["state"] in ("confirmed", "landed"), said
        self.work()

    def work(self) -> None:
        worker.settle(self.now)

    def claims(self, lines=LINES, name: str = "认定.csv") -> None:
        path = self.folder / name
        rows = [
            f"{n},{files.CUP},{files.USCC[files.CUP]},{who},,冲床工,{when},{kind},轻伤,14条(一),2026-03-09,2026-03-10\n"
            for n, who, when, kind in lines
        ]
        path.write_text(HEAD + "".join(rows), "utf-8")
        self.send(path, "injury_recognition", "990100-hrss")

    @property
    def cup(self) -> int:
        return EnterpriseVersion.objects.current().get(name=files.CUP).enterprise_id

    def orange(self) -> Warning:
        """The open orange warning, signed, numbered, delivered by hand."""
        from wushang.warn.deeds.edit_letter import EditLetter
        from wushang.warn.deeds.issue import Issue
        from wushang.warn.deeds.number_letter import NumberLetter
        from wushang.warn.deeds.register_delivery import RegisterDelivery
        from wushang.warn.deeds.review import Review
        from wushang.warn.deeds.sign import Sign
        from wushang.warn.deeds.submit_for_review import SubmitForReview

        warning, now = Warning.objects.get(level="orange"), self.now
        clerk, head, leader = (one.actor for one in (self.people.wangli, self.people.lijianguo, self.people.zhoumin))
        values = {"contact": "工伤保险科 王丽", "contact_phone": "0999-6123456", "regulator": "市应急管理局"}
        EditLetter(clerk, now, warning, warning.letter, values).do()
        SubmitForReview(clerk, now, warning).do()
        Review(head, now, warning).do()
        Sign(leader, now, warning).do()
        NumberLetter(clerk, now, warning, warning.letter, typed="云人社预〔2026〕37号").do()
        Issue(clerk, now, warning).do()
        RegisterDelivery(clerk, now, warning, "mobile", date(2026, 3, 20), person="陈伟民").do()
        deliver_some(now)
        return Warning.objects.get(pk=warning.pk)


@pytest.fixture
def city(people, now, tmp_path, monkeypatch) -> City:
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: now)
    return City(people, now, tmp_path)


@pytest.fixture
def told(city) -> Warning:
    city.claims()
    return city.orange()


def third(key: str = "工〔2026〕3号") -> Report:
    return Report.objects.current().get(key=key)


def correct(visit, fact: Report, **values):
    return visit("wangli", f"/integrate/lineage/rows/Report/{fact.pk}/correct/", {"reason": "电话核对决定书原件", **values})


def test_three_become_two_the_letter_is_listed_and_a_withdrawal_proposed_never_done(city, told, visit):
    assert told.letter.values["events"] == 3 and told.level == "orange"
    answer = correct(visit, third(), conclusion="不予认定", decided="2026-03-18")
    assert answer.status_code == 302, answer.content.decode()
    city.work()
    commit = Commit.objects.order_by("-number").first()
    assert Commit.objects.filter(kind="correction", title__contains="订正 工伤认定").exists() and commit.number
    correction = Correction.objects.get(enterprise=city.cup, cause="mended")
    use = correction.uses.get(kind="letter", figure="工伤事故起数")
    assert (use.what, use.number, use.old, use.new) == ("《整改建议书》", "云人社预〔2026〕37号", "3 起", "2 起")
    assert files.CUP in use.told
    held = Warning.objects.get(pk=told.pk)
    assert held.withdrawal_proposed and held.state == "acknowledged"
    assert Finding.objects.order_by("-pk").first().outcome == "yellow"
    row = third()
    assert (row.source, row.sender, row.values["conclusion"], row.row) == ("injury_recognition", "990100-hrss", "refused", 4)
    assert Report.objects.filter(key=row.key, superseded__isnull=False).count() == 1


def test_the_pages_show_who_was_told_and_lead_to_a_signed_note(city, told, visit):
    correct(visit, third(), conclusion="不予认定")
    city.work()
    pk = Correction.objects.get(cause="mended").pk
    listed = visit("wangli", "/corrections/").content.decode()
    assert "云人社预〔2026〕37号" in listed and "3 起 → 2 起" in listed
    page = visit("wangli", f"/corrections/{pk}/").content.decode()
    for words in ("谁按旧数知道了", "《整改建议书》", "已提出撤回", "不予认定", "提交审核", files.CUP):
        assert words in page
    visit("wangli", f"/corrections/{pk}/do/draft/", {"cause": "3月6日的事故不予认定", "effect": "原整改照常进行", "contact": "王丽", "contact_phone": "0999-1"})
    assert "审核" in visit("lijianguo", f"/corrections/{pk}/").content.decode()
    visit("lijianguo", f"/corrections/{pk}/do/review/", {"remark": ""})
    visit("zhoumin", f"/corrections/{pk}/do/sign/", {})
    visit("wangli", f"/corrections/{pk}/do/number/", {"word": "云人社预"})
    visit("wangli", f"/corrections/{pk}/do/issue/", {})
    note = Letter.objects.get(purpose="correction")
    assert note.number == "云人社预〔2026〕38号" or note.number == "云人社预〔2026〕1号"
    assert Correction.objects.get(pk=pk).state == "explained" and note.files.filter(kind="pdf").exists()
    deliver_some(city.now)
    assert Delivery.objects.filter(letter=note, enterprise=city.cup, channel="by_hand").exists()  # no telephone is known of the unit
    assert Delivery.objects.filter(letter=note, recipient="东城街道办事处").exists()
    assert visit("linwai", f"/corrections/{pk}/").status_code == 404
    assert "云人社预〔2026〕37号" not in visit("linwai", "/corrections/?state=all").content.decode()


def test_a_count_that_is_the_same_again_is_said_and_not_put_right(city, told, visit):
    """The letter printed 3; 5 March came later (4), 6 March was not recognised (3)."""
    city.claims((("工〔2026〕4号", "李小满", "2026-03-05", "机械伤害"),), "补报.csv")
    correct(visit, third(), conclusion="不予认定")
    city.work()
    correction = Correction.objects.get(cause="mended")
    use = correction.uses.get(kind="letter", figure="工伤事故起数")
    assert (use.old, use.new) == ("3 起", "3 起")
    page = visit("wangli", f"/corrections/{correction.pk}/").content.decode()
    note = page[page.index("<h3>更正内容</h3>"):]
    assert "没有变" in page and "4 起" not in page and "工伤事故起数" not in note
    assert "2026年3月6日 机械伤害 冲床工" in note and "2026年3月5日 机械伤害 冲床工" in note


def test_what_was_printed_and_exported_is_listed_with_its_version(city, told, visit):
    files.insurance(city.folder / "参保.csv", date(2025, 1, 1), 15)
    city.send(city.folder / "参保.csv", "insurance_monthly", "990100-agency")
    snapshot.build(city.now)
    visit("wangli", "/ledgers/injuries.xlsx?from=2026-03-01&to=2026-03-31")
    kept = Print.objects.get(page="ledger")
    assert (kept.figures["events"], kept.commit) == (3, snapshot.current().commit)
    correct(visit, third(), conclusion="不予认定")
    city.work()
    correction = Correction.objects.get(cause="mended")
    use = correction.uses.get(kind="ledger")
    assert (use.old, use.new, use.known, use.told) == ("3 起", "2 起", kept.commit, ["王丽"])


def test_the_headcounts_of_a_later_month_measure_no_finding_anew(city, told, monkeypatch):
    """Those that came so far do: a rule that reads headcounts stands on them."""
    PolicyVersion.objects.update(text=rule().replace("  hazards:", "  heads: {measure: average_headcount, window: last_12_months}\n  hazards:", 1))
    measured, values = [], corrected._values
    monkeypatch.setattr(corrected, "_values", lambda those, commit: measured.append(commit) or values(those, commit))
    for months, first, anew in (("以后", date(2026, 4, 1), False), ("以前", date(2026, 1, 1), True)):
        measured.clear()
        files.insurance(city.folder / f"{months}.csv", first, 2)
        city.send(city.folder / f"{months}.csv", "insurance_monthly", "990100-agency")
        assert bool(measured) is anew, months


def test_the_unit_asks_the_office_mends_and_answers_in_plain_words(city, told, visit):
    asked = AskCorrection(city.people.system.actor, city.now, told, "not_ours", "3月6日那起不是我们的人").do()
    assert asked.due == date(2026, 3, 27)
    with pytest.raises(Refused, match="还没有改数据"):
        AnswerCorrection(city.people.wangli.actor, city.now, asked, "granted", "已经改正").do()
    correct(visit, third(), conclusion="不予认定")
    city.work()
    page = visit("wangli", "/rectify/corrections/").content.decode()
    assert "由 3 起改为 2 起" in page
    AnswerCorrection(city.people.wangli.actor, city.now, asked, "granted", "您单位今年的工伤事故由 3 起改为 2 起。").do()
    asked = CorrectionRequest.objects.get(pk=asked.pk)
    assert asked.commit == Correction.objects.get(cause="mended").commit
    deliver_some(city.now)
    assert Delivery.objects.filter(enterprise=city.cup, title="数据核对申请的答复").exists()


def test_a_row_may_go_back_to_the_department_that_sent_it(city, told, visit):
    asked = AskCorrection(city.people.system.actor, city.now, told, "facts", "日期写错了一天").do()
    visit("wangli", f"/rectify/corrections/{asked.pk}/return/", {"sender": "990100-hrss", "reason": "请核对3月6日一起的日期"})
    deliver_some(city.now)
    asked = CorrectionRequest.objects.get(pk=asked.pk)
    assert asked.returned_to.code == "990100-hrss" and asked.answered is None
    assert InboxItem.objects.filter(department=asked.returned_to, title__contains="请核对").exists()


def test_a_corrected_row_keeps_its_key_and_its_other_cells(city, told, visit):
    before = Report.objects.current().get(key="工〔2026〕1号")
    assert "编号不能改" in visit("wangli", f"/integrate/lineage/rows/Report/{before.pk}/correct/").content.decode()
    correct(visit, before, post="抛光工")
    after = Report.objects.current().get(key="工〔2026〕1号")
    changed = {name for name in after.values if after.values[name] != before.values.get(name)}
    assert changed == {"post"} and after.injury_id == before.injury_id and after.personal == before.personal
    assert InjuryVersion.objects.current().get(injury=after.injury_id).hour == 8


def test_a_second_correction_keeps_the_first(city, told, visit):
    correct(visit, third(), post="抛光工")
    correct(visit, third(), workshop="二车间")
    row = third()
    assert (row.values["post"], row.values["workshop"]) == ("抛光工", "二车间")
    page = visit("wangli", f"/integrate/lineage/rows/Report/{row.pk}/").content.decode()
    assert "手工订正后的值" in page and "抛光工" in page and "冲床工" not in page


def test_a_headcount_is_corrected_by_hand_too(city, told, visit):
    from wushang.pool.models import Headcount

    files.insurance(city.folder / "参保.csv", date(2026, 1, 1), 2)
    city.send(city.folder / "参保.csv", "insurance_monthly", "990100-agency")
    row = Headcount.objects.current().get(enterprise=city.cup, month=date(2026, 2, 1))
    for cells in ({"insured": "62"}, {"rural": "10"}):
        pk = Headcount.objects.current().get(key=row.key).pk
        answer = visit("wangli", f"/integrate/lineage/rows/Headcount/{pk}/correct/", {"reason": "经办中心来函核对", **cells})
        assert answer.status_code == 302, answer.content.decode()
    now = Headcount.objects.current().get(key=row.key)
    assert (now.insured, now.rural, now.enterprise_id, now.paid) == (62, 10, city.cup, row.paid)
    assert Headcount.objects.current().filter(month=date(2026, 2, 1)).count() == len(files.UNITS)


def test_a_wrong_cell_is_refused_with_its_sentence_and_nothing_changes(city, told, visit):
    answer = correct(visit, third(), occurred="2026-13-02")
    assert "2026-13-02" in answer.content.decode() and not Commit.objects.filter(kind="correction").exists()


def test_the_audit_log_names_the_fields_and_never_the_values(city, told, visit):
    correct(visit, third(), worker="孙三娘")
    entry = AuditEntry.objects.get(detail__act="CorrectRow")
    assert entry.detail["fields"] == ["worker"] and "孙" not in str(entry.detail)


def test_somebody_of_another_county_cannot_open_the_row(city, told, visit):
    for address in (f"/integrate/lineage/rows/Report/{third().pk}/", f"/integrate/lineage/rows/Report/{third().pk}/correct/"):
        assert visit("linwai", address).status_code == 404
    assert visit("zhanghaiyan", f"/integrate/lineage/rows/Report/{third().pk}/correct/").status_code == 403


def test_a_withdrawn_file_names_its_letters_too(city, told, visit):
    from wushang.collect.deeds.withdraw_batch import WithdrawBatch
    from wushang.collect.models import Batch

    batch = Batch.objects.get(pk=third().batch)
    WithdrawBatch(city.people.wangli.actor, city.now + timedelta(hours=1), batch, "报错了表").do()
    city.work()
    correction = Correction.objects.get(cause="withdrawn")
    assert correction.uses.get(kind="letter", figure="工伤事故起数").new == "0 起" and correction.state == "pending"
    assert Warning.objects.get(pk=told.pk).withdrawal_proposed
