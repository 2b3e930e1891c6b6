"""Mutated files through the whole door: uploaded, mapped, one row mended, told to machines. No page breaks, no reading crashes."""

import os

import pytest
from collect.test_fuzz import WRITERS, _torn, tables
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wushang.collect.models import Batch
from wushang.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.torture]
ENDINGS = {"utf-16": "csv", "gbk": "csv", "html": "xls"}
FILES = int(os.environ.get("WUSHANG_TORTURE_FILES", 10_000)) // 20  # each is some ten pages


@settings(max_examples=FILES, deadline=None, suppress_health_check=list(HealthCheck), database=None, print_blob=True)
@given(tables(), st.sampled_from(sorted(WRITERS)), st.booleans(), st.integers(0, 5), st.data())
def test_mutated_files_through_the_pages(client, people, table, kind, named, tear, data):
    User.objects.update(password_set=timezone.now())
    client.force_login(people.wangli)
    try:
        content = WRITERS[kind](table[1])
    except (UnicodeEncodeError, ValueError):  # a lone half of a character cannot be written
        return
    content = content if tear else _torn(data.draw, content)
    known = set(Batch.objects.values_list("pk", flat=True))
    sent = SimpleUploadedFile(f"a.{ENDINGS.get(kind, kind)}", content)
    body = {"files": [sent], **({"source": table[0]} if named else {})}
    assert client.post(reverse("collect:upload"), body, follow=True).status_code == 200
    for batch in Batch.objects.exclude(pk__in=known):
        lives(client, batch)


def lives(client, batch: Batch) -> None:
    """Its pages open; what waits for 对应列 is answered with what is proposed, and 本表没有这一列 for the rest."""
    see(client, "batch", batch.pk)
    page = see(client, "mapping", batch.pk)
    if batch.state == Batch.UNMAPPED and "choice" in (page.context or {}):
        client.post(reverse("collect:mapping", args=[batch.pk]), said(page.context), follow=True)
        batch.refresh_from_db()
    assert batch.problem.get("code") != "crashed", batch.problem
    if batch.state == Batch.CHECKED:
        see(client, "corrections", batch.pk)
        mend_first(client, batch)
    assert client.get(f"/api/batches/{batch.pk}").status_code == 200


def see(client, name: str, *args):
    answer = client.get(reverse(f"collect:{name}", args=args), follow=True)
    assert answer.status_code == 200
    return answer


def said(context) -> dict:
    choice, fields = context["choice"], context["page"].fields
    columns = {f"c-{one.name}": "none" if one.needed else "" if one.place is None else one.place for one in fields}
    head = {"source": context["source"].id, "sheet": choice.sheet, "top": choice.top, "levels": choice.levels, "act": "save"}
    return {**head, **columns}


def mend_first(client, batch: Batch) -> None:
    row = batch.quarantined.first()
    if row:
        values = {f"value-{p['field']}": p.get("suggestion") or "1" for p in row.problems if p["field"]}
        url = reverse("collect:settle", args=[batch.pk, row.row, "mend"])
        assert client.post(url, values, headers={"HX-Request": "true"}).status_code == 200
