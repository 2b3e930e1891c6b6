"""Password rules: long enough, three of four kinds of characters (等保 asks for complexity), not for ever."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CONSONANTS, VOWELS, DIGITS = "bcdfghjkmnpqrstwxyz", "aeu", "23456789"  # no l 1 o 0 i: a slip of paper is read aloud


class LongEnough:
    """Django's own rule says it in English where its catalogue has no Chinese for it."""

    def validate(self, password: str, user=None) -> None:
        if len(password) < settings.WUSHANG_PASSWORD_LENGTH:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self) -> str:
        return _("密码至少要有%(n)d位。") % {"n": settings.WUSHANG_PASSWORD_LENGTH}


class ThreeKinds:
    def validate(self, password: str, user=None) -> None:
        kinds = [
            any(c.islower() for c in password),
            any(c.isupper() for c in password),
            any(c.isdigit() for c in password),
            any(not c.isalnum() for c in password),
        ]
        if sum(kinds) < 3:
            raise ValidationError(self.get_help_text(), code="password_three_kinds")

    def get_help_text(self) -> str:
        return _("密码要包含大写字母、小写字母、数字、符号中的三种。")


def rules() -> list[str]:
    """The rules in words, for the page."""
    days = settings.WUSHANG_PASSWORD_DAYS
    return [
        _("至少%(n)d位") % {"n": settings.WUSHANG_PASSWORD_LENGTH},
        _("大写字母、小写字母、数字、符号，至少用到三种"),
        _("不用姓名、用户名，不用“12345678”一类的常见密码"),
        _("不和原密码相同；每%(n)d天换一次") % {"n": days} if days else _("不和原密码相同"),
    ]


def too_old(since: datetime | None, now: datetime) -> bool:
    """Whether a password set at that moment must be changed now."""
    days = settings.WUSHANG_PASSWORD_DAYS
    return bool(days) and since is not None and now - since > timedelta(days=days)


def generate() -> str:
    """A first password that can be read aloud and copied from paper: 'Kaduba-48273-xefa'. About 50 bits of chance."""
    word = "".join(secrets.choice(letters) for letters in (CONSONANTS, VOWELS) * 3)
    number = "".join(secrets.choice(DIGITS) for place in range(5))
    tail = "".join(secrets.choice(CONSONANTS + VOWELS) for place in range(4))
    return f"{word.capitalize()}-{number}-{tail}"
