"""Sign-in, one's own account, hand-over, accounts, places, roles, the audit log: a file each."""

from wushang.people.views.accounts import (
    account,
    accounts,
    create_account,
    deactivate,
    end_appointment,
    lift_lock,
    reactivate,
    reset_password,
)
from wushang.people.views.audit import audit_export, audit_log
from wushang.people.views.handing_over import confirm_hand_over, hand_over, paper, recall_hand_over
from wushang.people.views.own import change_password, me
from wushang.people.views.places import area_map, change, department, places, region
from wushang.people.views.roles import role, roles
from wushang.people.views.sign_in import SignIn, forget, sign_out

__all__ = [
    "SignIn", "account", "accounts", "area_map", "audit_export", "audit_log", "change", "change_password", "confirm_hand_over",
    "create_account", "deactivate", "department", "end_appointment", "forget", "hand_over", "lift_lock", "me", "paper", "places",
    "reactivate", "recall_hand_over", "region", "reset_password", "role", "roles", "sign_out",
]  # fmt: skip
