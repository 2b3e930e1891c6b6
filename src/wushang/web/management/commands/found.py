from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from wushang.people import gazetteer, load
from wushang.people.actor import Actor
from wushang.people.deeds.appoint import Appoint
from wushang.people.deeds.create_account import CreateAccount
from wushang.people.models import Department, Role, User
from wushang.web.said import SayingCommand


class Command(SayingCommand):
    help = "Found a real place in an empty ledger: roles, GB/T 2260, its own regions and departments, the first administrator."

    def options(self, parser):
        parser.add_argument("--regions", type=Path, required=True, help="csv: code,name,kind,parent (townships and zones)")
        parser.add_argument("--departments", type=Path, required=True, help="csv: code,name,short_name,kind,region")
        parser.add_argument("--administrator", required=True, metavar="NAME", help="sign-in name of the first administrator")
        parser.add_argument("--department", required=True, metavar="CODE", help="the administrator's department")

    def run(self, regions: Path, departments: Path, administrator: str, department: str, **_):
        call_command("migrate", verbosity=0)
        if User.objects.exists():
            raise CommandError("There are accounts already: this place has been founded.")
        with transaction.atomic():
            load.regions(gazetteer.divisions())
            found = {"roles": load.roles(), "changes_of_codes": gazetteer.load_changes()}
            with read(regions):
                found["regions"] = load.regions(load.read_csv(regions))
            with read(departments):
                found["departments"] = load.departments(load.read_csv(departments))
            return found | {"administrator": administrator, "first_password": _administrator(administrator, department)}


@contextmanager
def read(path: Path) -> Iterator[None]:
    """What is wrong with a file becomes one sentence that names it."""
    try:
        yield
    except KeyError as column:
        raise CommandError(f"{path} has no column {column}.") from None
    except ObjectDoesNotExist:
        raise CommandError(f"{path} names a region that is neither in GB/T 2260 nor in the file of regions.") from None
    except (OSError, ValueError) as wrong:
        raise CommandError(f"{path} cannot be read: {wrong}") from None


def _administrator(name: str, code: str) -> str:
    """The account, by the deeds the pages use, so that the audit log holds it; its password is told once."""
    office = Department.objects.filter(code=code).first()
    if office is None:
        raise CommandError(f"No department {code} in the file.")
    me, now = Actor.system("command"), timezone.now()
    slip = CreateAccount(me, now, name, "系统管理员", office).do()
    Appoint(me, now, slip.user, Role.objects.get(code="system_admin"), [office.region.code]).do()
    return slip.password
