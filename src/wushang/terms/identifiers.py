"""USCC (统一社会信用代码, GB 32100-2015), organisation code (GB 11714) and citizen's ID number (GB 11643-1999).

The `…_problem` functions judge the text as it stands and say in Chinese what is wrong; nothing is repaired or guessed.
Clean a cell first with `clean`.
"""

import re
import unicodedata
from datetime import date

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I O S V Z: too like 1 0 5 U 2
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_DROPPED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff'`’‘]")
_LOST_DIGITS = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_LOST = "数字后几位已丢失（单元格按科学计数法保存），不能补猜，请按文本格式重新导出"


def clean(text: str) -> str:
    """A cell's text in; half-width, upper-case, without spaces, zero-width marks and leading apostrophe out."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).upper()


def _mod11_org(body: str) -> str:
    total = sum(int(char, 36) * weight for char, weight in zip(body, _ORG_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def org_code_ok(code: str) -> bool:
    """Whether nine characters (a hyphen before the last allowed) are an organisation code with its check character."""
    plain = code.replace("-", "") if len(code) == 10 else code
    return re.fullmatch(r"[0-9A-Z]{8}[0-9X]", plain) is not None and _mod11_org(plain[:8]) == plain[8]


def make_org_code(body: str) -> str:
    """Eight characters in, the nine of the organisation code out."""
    if not re.fullmatch(r"[0-9A-Z]{8}", body):
        raise ValueError(f"{body!r} is not 8 digits or capital letters")
    return body + _mod11_org(body)


def _uscc_check(prefix: str) -> str:
    total = sum(USCC_ALPHABET.index(char) * weight for char, weight in zip(prefix, _USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[-total % 31]


def make_uscc(prefix: str) -> str:
    """17 characters (the last nine an organisation code) in, the whole USCC out."""
    if len(prefix) != 17 or set(prefix) - set(USCC_ALPHABET):
        raise ValueError(f"{prefix!r} is not 17 characters of {USCC_ALPHABET}")
    if not org_code_ok(prefix[8:]):
        raise ValueError(f"{prefix[8:]!r} is not an organisation code: use make_org_code for its last character")
    return prefix + _uscc_check(prefix)


_USCC_HINTS = {9: "（可能是组织机构代码）", 10: "（可能是组织机构代码）", 15: "（可能是旧工商注册号）"}


def uscc_problem(text: str) -> str | None:
    """A USCC in; None when it is right, else the reason in Chinese."""
    if not text:
        return "未填写"
    if _LOST_DIGITS.fullmatch(text):
        return _LOST
    if len(text) != 18:
        return f"应为18位，现为{len(text)}位{_USCC_HINTS.get(len(text), '')}"
    return _uscc_characters(text) or _uscc_checks(text)


def _uscc_characters(text: str) -> str | None:
    letters = "、".join(sorted(set(text) & set("IOSVZ")))
    if letters:
        return f"含有不允许的字母{letters}（代码不使用I、O、S、V、Z）"
    strange = "、".join(sorted(set(text) - set(USCC_ALPHABET)))
    if strange:
        return f"含有不允许的字符{strange}（只能是半角数字和大写字母）"
    return None if text[2:8].isdigit() else "第3至8位应为行政区划数字"


def _uscc_checks(text: str) -> str | None:
    if _uscc_check(text[:17]) != text[17]:
        return "校验码不符（第18位与前17位对不上，可能录错一位）"
    if not org_code_ok(text[8:17]):
        return "第9至17位组织机构代码的校验码不符"
    return None


def is_uscc(text: str) -> bool:
    """Whether the text is a right USCC."""
    return uscc_problem(text) is None


def id_check(first17: str) -> str:
    """17 digits in, the check character (0–9 or X) out."""
    return _ID_CHECKS[sum(int(d) * w for d, w in zip(first17, _ID_WEIGHTS, strict=True)) % 11]


def id_number_18(text: str) -> str:
    """A right ID number in, its 18 characters out: the old 15-digit form gets its century (19) and check character."""
    if (why := id_number_problem(text)) is not None:
        raise ValueError(f"身份证号码{why}")
    if len(text) == 18:
        return text.upper()
    first17 = text[:6] + "19" + text[6:]
    return first17 + id_check(first17)


def id_number_problem(text: str, on: date | None = None) -> str | None:
    """An ID number (18 or old 15 digits, x may be small) in; None when right, else the reason. `on`: born by then."""
    if not text:
        return "未填写"
    if _LOST_DIGITS.fullmatch(text):
        return _LOST
    if len(text) not in (15, 18):
        return f"应为18位（旧号15位），现为{len(text)}位"
    body = text[:17] if len(text) == 18 else text
    if not (body.isascii() and body.isdigit()) or text[-1] not in "0123456789Xx":
        return "含有不允许的字符（应为数字，末位可为X）"
    if len(text) == 18 and id_check(body) != text[17].upper():
        return "校验码不符（末位与前17位对不上，可能录错一位）"
    return _birth_problem(body[6:14] if len(text) == 18 else "19" + body[6:12], on)


def _birth_problem(digits: str, on: date | None) -> str | None:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return f"出生日期{digits}不存在"
    if born.year < 1900 or (on and born > on):
        return f"出生日期{born.isoformat()}不合理"
    return None


def is_id_number(text: str) -> bool:
    """Whether the text is a right ID number (18 or old 15 digits)."""
    return id_number_problem(text) is None
