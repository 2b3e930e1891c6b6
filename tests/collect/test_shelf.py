"""Files beside a batch: whole or not there, whoever else writes the same one."""

from concurrent.futures import ThreadPoolExecutor

import polars as pl

from wushang.collect import shelf


def test_two_pages_that_ask_at_once_both_get_the_difference(settings, tmp_path):
    settings.WUSHANG_FILES = tmp_path
    lines = pl.DataFrame({"key": [f"k{n}" for n in range(2_000)], "change": "new"})
    with ThreadPoolExecutor(8) as pages:
        list(pages.map(lambda _n: shelf.keep_difference("collect/1", lines), range(64)))
    assert [path.name for path in (tmp_path / "collect/1").iterdir()] == ["difference-00000.parquet"]


def test_a_page_that_looks_while_a_table_is_replaced_finds_the_one_or_the_other(settings, tmp_path, monkeypatch):
    """However long it takes to clear the old one away: a table without parts cannot be read at all."""
    settings.WUSHANG_FILES = tmp_path
    for folder, rows in (("collect/1", 1), ("collect/1.draft", 2)):
        shelf.keep_part(folder, 0, pl.DataFrame({"row": range(rows)}), [])
    seen, clear = [], shelf.shutil.rmtree
    monkeypatch.setattr(shelf.shutil, "rmtree", lambda path, **how: (seen.append(shelf.table("collect/1").collect().height), clear(path, **how)))
    shelf.put_in_place("collect/1.draft", "collect/1")
    assert seen == [1, 2] and [path.name for path in (tmp_path / "collect").iterdir()] == ["1"]
