"""Giving 文号: our own series without gaps, or the OA's as typed; none is ever given twice."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from wushang.people.deed import refuse
from wushang.people.models import Department, one_at_a_time
from wushang.warn.models import Letter, LetterNumber
from wushang.warn.numbering import Number, NumberRefused, read


def give(letter: Letter, typed: str, word: str, at: datetime, today: date) -> LetterNumber:
    """The OA's number as typed, else the next of our own series; it stands on the letter. A 字 has one issuer."""
    issuer = letter.bureau.code if letter.bureau else ""
    _refuse_anothers(_word_of(typed) or word.strip(), issuer)
    given = take_typed(letter, issuer, typed.strip(), at) if typed.strip() else take_own(letter, issuer, word.strip(), at, today)
    letter.number = str(given)
    letter.save(update_fields=["number"])
    return given


def _word_of(typed: str) -> str:
    try:
        return read(typed).word
    except NumberRefused:  # told by take_typed
        return ""


def _refuse_anothers(word: str, issuer: str) -> None:
    held = LetterNumber.objects.filter(word=word, cancelled=None).exclude(issuer__in=(issuer, "")).first()
    if held is not None:
        name = Department.objects.filter(code=held.issuer).values_list("name", flat=True).first() or held.issuer
        raise refuse(
            "word", _("机关代字“%(word)s”是%(name)s用的。") % {"word": word, "name": name},
            _("请用本件发文单位的机关代字。"), column=str(_("文号")), value=word,
        )  # fmt: skip


def take_own(letter: Letter, issuer: str, word: str, at: datetime, today: date) -> LetterNumber:
    """The next number of the issuer's own series of this year; numbers the OA has used are stepped over."""
    one_at_a_time("letter_number")
    given = LetterNumber.objects.filter(word=word, year=today.year)
    number = (given.filter(source="own").aggregate(top=Max("number"))["top"] or 0) + 1
    by_hand = set(given.filter(source="oa", number__gte=number).values_list("number", flat=True))
    while number in by_hand:
        number += 1
    return LetterNumber.objects.create(
        issuer=issuer, word=word, year=today.year, number=number, source="own", letter=letter, at=at
    )


def take_typed(letter: Letter, issuer: str, text: str, at: datetime) -> LetterNumber:
    """The number that the OA has given, as typed; a duplicate is refused with where it stands."""
    try:
        typed = read(text)
    except NumberRefused as refused:
        raise refuse("number", str(refused), _("请按 OA 上的文号填写。"), column=_("文号"), value=text) from refused
    one_at_a_time("letter_number")
    _refuse_duplicate(typed)
    try:
        with transaction.atomic():
            return LetterNumber.objects.create(
                issuer=issuer, word=typed.word, year=typed.year, number=typed.number, source="oa", letter=letter, at=at
            )
    except IntegrityError:
        _refuse_duplicate(typed)
        raise


def _refuse_duplicate(typed: Number) -> None:
    held = LetterNumber.objects.filter(word=typed.word, year=typed.year, number=typed.number).first()
    if held is None:
        return
    where = _("第 %(n)s 件") % {"n": held.letter.warning_id} if held.letter else _("别处")
    why = (
        _("文号 %(number)s 已经用在%(where)s。")
        if not held.cancelled
        else _("文号 %(number)s 已作废（%(where)s），不能再用。")
    )
    raise refuse(
        "number_used",
        why % {"number": typed, "where": where},
        _("请核对 OA 上的文号。"),
        column=_("文号"),
        value=str(typed),
    )


def cancel(letter: Letter, at: datetime, reason: str) -> None:
    """A number that is not used after all stays in the register as 作废."""
    letter.numbers.filter(cancelled=None).update(cancelled=at, cancel_reason=reason[:200])


def last_word(issuer: str, default: str) -> str:
    """The 字 this issuer used last."""
    held = LetterNumber.objects.filter(issuer=issuer).order_by("-pk").first()
    return held.word if held else default
