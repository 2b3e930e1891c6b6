"""Sign-in, one's own account, hand-over, accounts, places, the audit log: a file each."""

from wushang.people.views.accounts import (
    account,
    accounts,
    create_account,
    deactivate,
    end_appointment,
    lift_lock,
    places,
    reactivate,
    reset_password,
)
from wushang.people.views.audit import audit_export, audit_log
from wushang.people.views.handing_over import confirm_hand_over, hand_over, paper, recall_hand_over
from wushang.people.views.own import change_password, me
from wushang.people.views.sign_in import SignIn, forget, sign_out

__all__ = [
    "SignIn", "account", "accounts", "audit_export", "audit_log", "change_password", "confirm_hand_over",
    "create_account", "deactivate", "end_appointment", "forget", "hand_over", "lift_lock", "me", "paper", "places",
    "reactivate", "recall_hand_over", "reset_password", "sign_out",
]  # fmt: skip
