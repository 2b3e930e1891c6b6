"""数据池: the clock (Commit), the identities, and the facts as versions."""

from wushang.pool.models.accident import Accident
from wushang.pool.models.benefit import Payment, ProjectInsurance
from wushang.pool.models.certificate import Certificate
from wushang.pool.models.clock import Commit, Fact, FoundBy, Reported
from wushang.pool.models.enterprise import Contact, Enterprise, EnterpriseVersion, RegisterEntry
from wushang.pool.models.exposure import DiseaseHazard, Headcount
from wushang.pool.models.health import Disease, Visit
from wushang.pool.models.injury import Injury, InjuryVersion, Report, Worker
from wushang.pool.models.standing import Penalty, Standing
from wushang.pool.models.told import Told
from wushang.pool.models.workplace import HazardDeclaration, HazardTest, HealthCheck

# reported facts whose unit is known by words only
TOLD: tuple[type[Told], ...] = (
    Payment, ProjectInsurance, Visit, Disease, HazardDeclaration, HazardTest, HealthCheck, Accident, Standing, Penalty,
    Certificate,
)  # fmt: skip
# every table of facts: landing, abandoning, undoing and as-of walk through this list
FACTS: tuple[type[Fact], ...] = (
    EnterpriseVersion, RegisterEntry, InjuryVersion, Report, Headcount, DiseaseHazard, *TOLD,
)  # fmt: skip

__all__ = [
    "FACTS", "TOLD", "Accident", "Certificate", "Commit", "Contact", "Disease", "DiseaseHazard", "Enterprise", "EnterpriseVersion",
    "Fact", "FoundBy", "HazardDeclaration", "HazardTest", "Headcount", "HealthCheck", "Injury", "InjuryVersion", "Payment",
    "Penalty", "ProjectInsurance", "RegisterEntry", "Report", "Reported", "Standing", "Told", "Visit", "Worker",
]  # fmt: skip
