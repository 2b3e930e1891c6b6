"""Password rules: length is Django's; three of four kinds of character is ours (等保 asks for complexity)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


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
