"""整改: the case, the plan with its files, the report with its photos and remarks, who else was asked, who may come in by telephone."""

from wushang.rectify.models.access import AccessLink, PhoneCode
from wushang.rectify.models.asked import CorrectionRequest, Interview, Referral, ReferralLine, Visit
from wushang.rectify.models.case import Case, CaseLine, CaseVersion, Reminder
from wushang.rectify.models.plan import Plan, PlanFile
from wushang.rectify.models.report import Photo, RectifyReport, ReviewRemark

__all__ = [
    "AccessLink", "Case", "CaseLine", "CaseVersion", "CorrectionRequest", "Interview", "PhoneCode", "Photo", "Plan",
    "PlanFile", "RectifyReport", "Referral", "ReferralLine", "Reminder", "ReviewRemark", "Visit",
]  # fmt: skip
