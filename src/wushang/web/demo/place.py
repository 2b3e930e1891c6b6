"""The practice city's people: plain accounts, one a role, all with the same password, printed at start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from wushang.people import load
from wushang.people.access import scope_of
from wushang.people.actor import Actor
from wushang.people.deeds.keep_map import KeepMap
from wushang.people.models import Appointment, Department, Region, Role, User

PASSWORD = "Yunxi-2026-demo"


@dataclass(frozen=True)
class Post:
    username: str
    name: str
    department: str
    role: str
    region: str


POSTS = (
    Post("wangli", "王丽", "990100-hrss", "clerk", "990100"),
    Post("lijianguo", "李建国", "990100-hrss", "section_head", "990100"),
    Post("zhoumin", "周敏", "990100-hrss", "signer", "990100"),
    Post("zhanghaiyan", "张海燕", "990100001-town", "township", "990100001"),
    Post("fangzhiqiang", "方志强", "990100-emergency", "reviewer", "990100"),
    Post("linjing", "林静", "990100-industry", "regulator", "990100"),
    Post("guoan", "郭安", "990100-safety_committee", "emergency_head", "990100"),
    Post("chenglei", "程磊", "990100-safety_committee", "reviewer", "990100"),
    Post("shenzhiyuan", "沈志远", "990100-government", "leader", "990100"),
    Post("heqing", "何青", "990100-health", "sender", "990100"),
    Post("admin", "系统管理员", "990100-hrss", "system_admin", "990100"),
    Post("auditor", "审计员", "990100-audit", "auditor", "990100"),
)

ANSWERING = ("reviewer", "regulator", "township")  # roles that answer what is passed to them
HANDS = {"construction": "regulator", "transport": "regulator", "commerce": "regulator", "market": "regulator",
         "education": "regulator", "township": "township"}  # fmt: skip


def found(city: Path, at: datetime) -> None:
    """Regions, departments, roles and accounts."""
    load.roles()
    load.regions(load.read_csv(city / "regions.csv"))
    load.departments(load.read_csv(city / "departments.csv"))
    outline = city / "outline.json"
    place = Region.objects.get(code=settings.WUSHANG_REGION)
    KeepMap(Actor.system("command"), at, place, outline.name, outline.read_bytes()).do()
    digest = make_password(PASSWORD)  # slow on purpose; all have the one that is printed, so it is made once
    departments, roles = Department.objects.in_bulk(field_name="code"), Role.objects.in_bulk(field_name="code")
    for post in (*POSTS, *hands(list(departments.values()))):
        user = User.objects.create(
            username=post.username, password=digest, name=post.name, password_set=timezone.now(),
            department=departments[post.department],
        )  # fmt: skip
        Appointment.objects.create(user=user, role=roles[post.role], regions=[post.region])


def hands(departments: list[Department]) -> list[Post]:
    """One hand for each bureau and township without a post: they answer what they are asked, and nobody has to know them."""
    posted = {post.department for post in POSTS}
    rest = [one for one in departments if one.kind in HANDS and one.code not in posted]
    return [Post(hand_of(one), f"{one.short_name}经办", one.code, HANDS[one.kind], one.region.code) for one in rest]


def hand_of(department: Department) -> str:
    return f"jb-{department.code}"


def actor(username: str, at: datetime) -> Actor:
    """The person of a post, with the scope held on that day."""
    user = User.objects.get(username=username)
    return Actor(user, user.name, scope_of(user, timezone.localdate(at)), "command")
