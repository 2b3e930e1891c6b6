"""A request that fails: the plain page; where the disk is full, that is said, to people and machines."""

import errno
import os
import sqlite3

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from wushang.terms import disk
from wushang.web.failed import failed


def answer(error: BaseException, path: str = "/collect/"):
    try:
        raise error
    except BaseException:
        return failed(RequestFactory().get(path))


def of_sqlite() -> OperationalError:
    try:
        raise OperationalError("database or disk is full") from sqlite3.OperationalError("database or disk is full")
    except OperationalError as error:
        return error


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), OSError(errno.EDQUOT, "quota"), of_sqlite()])
def test_a_full_disk_is_said(error):
    page = answer(error)
    assert (page.status_code, "服务器磁盘已满，这一步没有保存。" in page.content.decode()) == (507, True)
    said = answer(error, "/api/batches")
    assert (said.status_code, b"disk_full" in said.content) == (507, True)


def test_postgresql_says_it_by_its_state():
    from psycopg import errors

    assert disk.is_full(errors.DiskFull("could not extend file"))


def test_another_failure_is_the_plain_page():
    assert answer(ValueError("x")).status_code == 500
    assert b'"code": "failed"' in answer(ValueError("x"), "/api/batches").content
