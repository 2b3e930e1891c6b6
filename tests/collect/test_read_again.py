"""A waiting row read again as it stands: what was wrong with it is wrong still, over the kept file of every source."""

from datetime import UTC, datetime

import pytest
from collect.test_kept_files import expected, kept

from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.mending import read_again
from wushang.collect.models import Batch
from wushang.collect.source import shipped
from wushang.people import load
from wushang.people.models import Department

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 10, 1, 0, tzinfo=UTC)
MORE = [("990100-industry", "云溪市经济和信息化局", "经信局", "industry", "990100"), ("990100-construction", "云溪市住房和城乡建设局", "住建局", "construction", "990100")]
OF_THE_FILE = {"duplicate_key", "cumulative_falls"}  # known by the rows beside it; asked again before the row counts


@pytest.mark.parametrize("name", sorted(shipped()))
def test_a_row_read_again_without_a_change_keeps_its_problems(name, people):
    load.departments(dict(zip(("code", "name", "short_name", "kind", "region"), row, strict=True)) for row in MORE)
    file, content = kept(name)
    kinds = shipped()[name].departments
    sender = Department.objects.filter(code=expected(name).get("sender", "")).first() or Department.objects.filter(kind__in=kinds, region__code="990100").first()
    batch = ReceiveFile(people.system.actor, AT, content, file, sender, name).do()
    assert check(batch, AT)
    for row in Batch.objects.get(pk=batch.pk).quarantined.select_related("batch__version"):
        was = {(p["code"], p["field"]) for p in row.problems if p["severity"] == "reject" and p["code"] not in OF_THE_FILE}
        now = {(r.problem.code, r.field) for r in read_again(row, {}).rejects if r.problem.code not in OF_THE_FILE}
        assert now == was, (row.row, row.problems)
