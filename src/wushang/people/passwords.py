"""Password rules: length is Django's; three of four kinds of character is ours (等保 asks for complexity)."""

import secrets

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CONSONANTS, VOWELS, DIGITS = "bcdfghjkmnpqrstwxyz", "aeu", "23456789"  # no l 1 o 0 i: a slip of paper is read aloud


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
        return _("密码至少10位，并包含大写字母、小写字母、数字、符号中的三种。")


def rules() -> list[str]:
    """The rules in words, for the page."""
    return [
        _("至少10位"),
        _("大写字母、小写字母、数字、符号，至少用到三种"),
        _("不用姓名、用户名，不用“12345678”一类的常见密码"),
        _("不和原密码相同；每180天换一次"),
    ]


def generate() -> str:
    """A first password that can be read aloud and copied from paper: 'Kaduba-48273-xefa'. About 50 bits of chance."""
    word = "".join(secrets.choice(letters) for letters in (CONSONANTS, VOWELS) * 3)
    number = "".join(secrets.choice(DIGITS) for place in range(5))
    tail = "".join(secrets.choice(CONSONANTS + VOWELS) for place in range(4))
    return f"{word.capitalize()}-{number}-{tail}"
