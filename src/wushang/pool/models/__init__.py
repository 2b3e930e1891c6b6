"""数据池: the clock (Commit), the identities, and the facts as versions."""

from wushang.pool.models.clock import Commit, Fact, Reported
from wushang.pool.models.enterprise import Contact, Enterprise, EnterpriseVersion, RegisterEntry
from wushang.pool.models.exposure import DiseaseHazard, Headcount
from wushang.pool.models.injury import Injury, InjuryVersion, Report, Worker

FACTS: tuple[type[Fact], ...] = (EnterpriseVersion, RegisterEntry, InjuryVersion, Report, Headcount, DiseaseHazard)

__all__ = [
    "FACTS", "Commit", "Contact", "DiseaseHazard", "Enterprise", "EnterpriseVersion", "Fact", "Headcount",
    "Injury", "InjuryVersion", "RegisterEntry", "Report", "Reported", "Worker",
]  # fmt: skip
