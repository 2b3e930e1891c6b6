"""预警: warnings, letters with their numbers and signatures, the outbox with receipts."""

from wushang.warn.models.correction import CorrectedUse, Correction, NoteStep
from wushang.warn.models.failure import Failure
from wushang.warn.models.letter import Letter, LetterEdit, LetterFile, LetterNumber
from wushang.warn.models.outbox import (
    Cursor,
    Delivery,
    DeliveryReceipt,
    InboxItem,
    PracticeMessage,
    Push,
    StartDay,
)
from wushang.warn.models.paper import PaperCase, PaperImport
from wushang.warn.models.warning import Entry, SignStep, Warning, WarningFinding

__all__ = [
    "CorrectedUse", "Correction", "Cursor", "Delivery", "DeliveryReceipt", "Entry", "Failure", "InboxItem", "Letter", "LetterEdit",
    "LetterFile", "LetterNumber", "NoteStep", "PaperCase", "PaperImport", "PracticeMessage", "Push", "SignStep", "StartDay", "Warning", "WarningFinding",
]  # fmt: skip
