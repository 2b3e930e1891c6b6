import secrets
from pathlib import Path

from django.core.management.base import CommandError

from wushang.people import gazetteer, load
from wushang.people.models import Appointment, Department, Role, User
from wushang.web.said import SayingCommand


class Command(SayingCommand):
    help = "Found a real place in an empty ledger: roles, GB/T 2260, its own regions and departments, the first administrator."

    def options(self, parser):
        parser.add_argument("--regions", type=Path, required=True, help="csv: code,name,kind,parent (townships and zones)")
        parser.add_argument("--departments", type=Path, required=True, help="csv: code,name,short_name,kind,region")
        parser.add_argument("--administrator", required=True, metavar="NAME", help="sign-in name of the first administrator")
        parser.add_argument("--department", required=True, metavar="CODE", help="the administrator's department")

    def run(self, regions: Path, departments: Path, administrator: str, department: str, **_):
        if User.objects.exists():
            raise CommandError("There are accounts already: this place has been founded.")
        load.regions(gazetteer.divisions())
        found = {
            "roles": load.roles(),
            "changes_of_codes": gazetteer.load_changes(),
            "regions": load.regions(load.read_csv(regions)),
            "departments": load.departments(load.read_csv(departments)),
        }
        return found | {"administrator": administrator, "first_password": self._administrator(administrator, department)}

    def _administrator(self, name: str, code: str) -> str:
        """The account with a password that must be changed at the first sign-in; it is told once."""
        office = Department.objects.filter(code=code).first()
        if office is None:
            raise CommandError(f"No department {code} in the file.")
        password = f"Wu1-{secrets.token_urlsafe(9)}"
        user = User.objects.create_user(name, password, name="系统管理员", department=office, must_change_password=True)
        Appointment.objects.create(user=user, role=Role.objects.get(code="system_admin"), regions=[office.region.code])
        return password
