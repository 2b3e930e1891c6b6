"""A small place with known people: 王丽 the clerk, 李建国 the section head, 周敏 the signer, 张海燕 of 东城街道,
方志强 of the emergency bureau, 林外 who belongs to another county and must see nothing."""

import os
from datetime import UTC, date, datetime
from functools import cached_property
from types import SimpleNamespace

import pytest

from wushang.people.scope import Scope

NOW = datetime(2026, 3, 20, 1, 0, tzinfo=UTC)
PASSWORD = "Yunxi-2026-demo"

REGIONS = [
    ("990000", "示例省", "province", ""),
    ("990100", "云溪市", "county", "990000"),
    ("990100001", "东城街道", "township", "990100"),
    ("990100002", "石塘镇", "township", "990100"),
    ("990200", "外县", "county", "990000"),
    ("990200001", "外镇", "township", "990200"),
]
DEPARTMENTS = [
    ("990100-hrss", "云溪市人力资源和社会保障局", "人社局", "hrss", "990100"),
    ("990100-agency", "云溪市社会保险经办中心", "经办中心", "agency", "990100"),
    ("990100-em", "云溪市应急管理局", "应急局", "emergency", "990100"),
    ("990100-health", "云溪市卫生健康局", "卫健局", "health", "990100"),
    ("990100-market", "云溪市市场监督管理局", "市场监管局", "market", "990100"),
    ("990100001-town", "东城街道办事处", "东城街道", "township", "990100001"),
    ("990200-hrss", "外县人力资源和社会保障局", "外县人社局", "hrss", "990200"),
]
PEOPLE = [
    ("wangli", "王丽", "990100-hrss", "clerk", "990100"),
    ("lijianguo", "李建国", "990100-hrss", "section_head", "990100"),
    ("zhoumin", "周敏", "990100-hrss", "signer", "990100"),
    ("zhanghaiyan", "张海燕", "990100001-town", "township", "990100001"),
    ("fangzhiqiang", "方志强", "990100-em", "reviewer", "990100"),
    ("shenzhiyuan", "沈志远", "990100-hrss", "leader", "990100"),
    ("linwai", "林外", "990200-hrss", "clerk", "990200"),
    ("admin", "管理员", "990100-hrss", "system_admin", "990100"),
    ("auditor", "审计员", "990100-hrss", "auditor", "990100"),
]

LEDGER = {"db", "transactional_db", "django_db_setup", "django_db_reset_sequences"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches a ledger: the rest was proved beside SQLite and would say the same again."""
    if os.environ.get("WUSHANG_TEST_DATABASE") != "postgres":
        return
    pure = [item for item in items if not item.get_closest_marker("django_db") and not LEDGER & set(item.fixturenames)]  # type: ignore[attr-defined]
    config.hook.pytest_deselected(items=pure)
    items[:] = [item for item in items if item not in set(pure)]


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    """Every test has its own folders for files and snapshots."""
    settings.WUSHANG_HOME = tmp_path
    settings.WUSHANG_FILES = settings.MEDIA_ROOT = tmp_path / "files"
    settings.WUSHANG_SNAPSHOT = tmp_path / "snapshot"


@pytest.fixture
def now() -> datetime:
    return NOW


def _actor(user):
    from wushang.people.access import scope_of
    from wushang.people.actor import Actor

    return Actor(user, user.name, scope_of(user, date(2026, 3, 20)))


def make_place() -> SimpleNamespace:
    """Regions, departments, roles and people; returns people by short name, each with `.actor`."""
    from wushang.people import load
    from wushang.people.actor import Actor
    from wushang.people.models import Appointment, Department, Role, User

    if not hasattr(User, "actor"):  # reckoned when first asked: most tests ask for one or two of these people
        User.actor = cached_property(_actor)
        User.actor.__set_name__(User, "actor")
    load.roles()
    load.regions(dict(zip(("code", "name", "kind", "parent"), row, strict=True)) for row in REGIONS)
    names = ("code", "name", "short_name", "kind", "region")
    load.departments(dict(zip(names, row, strict=True)) for row in DEPARTMENTS)
    people = SimpleNamespace()
    for username, name, department, role, region in PEOPLE:
        user = User.objects.create_user(
            username,
            PASSWORD,
            name=name,
            department=Department.objects.get(code=department),
            password_set=datetime.now(UTC),
        )
        Appointment.objects.create(user=user, role=Role.objects.get(code=role), regions=[region])
        setattr(people, username, user)
    people.system = SimpleNamespace(actor=Actor.system())
    return people


@pytest.fixture
def people(db) -> SimpleNamespace:
    return make_place()


@pytest.fixture
def system() -> Scope:
    return Scope.system()
