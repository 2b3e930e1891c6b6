"""Take the checked rows of a contact file in. Nothing is removed: new ones are added, known ones renewed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from wushang.people.crypto import blind_index
from wushang.people.deed import Deed, Place
from wushang.pool.contact_rows import Ready
from wushang.pool.models import Contact, EnterpriseVersion

PART = 500


@dataclass
class Taken:
    """added ＋ renewed ＋ same ＋ kept = the ready rows. `kept`: what the platform knows is later; (row of file, why)."""

    added: int = 0
    renewed: int = 0
    same: int = 0
    kept: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class ImportContacts(Deed):
    rows: Sequence[Ready]
    file_name: str

    verb = "pool.contacts"
    title = _("导入联系人")

    def where(self) -> tuple[Place, ...]:
        wanted = sorted({row.enterprise for row in self.rows})
        places: list[Place] = []
        for start in range(0, len(wanted), PART):
            now = EnterpriseVersion.objects.current().filter(enterprise__in=wanted[start : start + PART])
            places += now.values_list("region", "industry", "enterprise_id")
        return tuple(places)

    def act(self) -> Taken:
        self._taken = Taken()
        known = self._known()
        new: list[Contact] = []
        for row in self.rows:
            key = (row.enterprise, row.role, blind_index(row.phone))
            if key in known:
                self._renew(known[key], row)
            else:
                known[key] = self._contact(row, key[2])
                new.append(known[key])
        Contact.objects.bulk_create(new, batch_size=PART)
        self._taken.added = len(new)
        return self._taken

    def _known(self) -> dict[tuple[int, str, str], Contact]:
        wanted = sorted({row.enterprise for row in self.rows})
        found: dict[tuple[int, str, str], Contact] = {}
        for start in range(0, len(wanted), PART):
            for one in Contact.objects.filter(enterprise__in=wanted[start : start + PART]):
                found[(one.enterprise_id, one.role, one.phone_index)] = one
        return found

    def _contact(self, row: Ready, index: str) -> Contact:
        return Contact(
            enterprise_id=row.enterprise, role=row.role, name=row.name, phone=row.phone, phone_index=index,
            source=row.source, verified=row.verified, added=self.at,
        )  # fmt: skip

    def _renew(self, known: Contact, row: Ready) -> None:
        """A later 核实日期 renews; a number marked invalid comes back only when verified after that."""
        known_until = known.invalid_since or known.verified
        if row.verified and (known_until is None or row.verified > known_until):
            known.name = row.name  # type: ignore[assignment]
            known.verified, known.source, known.invalid_since = row.verified, row.source, None
            if known.pk:
                known.save(update_fields=["verified", "name", "source", "invalid_since"])
            self._taken.renewed += 1
        elif known.invalid_since:
            why = _("号码已于%(day)s标为无效，核实日期不晚于这一天，未恢复") % {"day": known.invalid_since}
            self._taken.kept.append((row.number, str(why)))
        elif known.name != row.name:
            self._taken.kept.append((row.number, str(_("同一号码平台里是另一个姓名，文件没有更晚的核实日期，未改"))))
        else:
            self._taken.same += 1

    def subject(self) -> str:
        return "contacts:"

    def said(self) -> dict:
        taken = self._taken
        return {
            "file": self.file_name, "rows": len(self.rows), "added": taken.added,
            "renewed": taken.renewed,
        }  # fmt: skip
