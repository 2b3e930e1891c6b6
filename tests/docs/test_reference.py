"""The reference says everything, and says what the files say."""

import re
from pathlib import Path

import pytest
import reference
from reference_pages import roles as of_roles
from reference_pages import settings as of_settings

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"


def said(name: str) -> str:
    return (REFERENCE / f"{name}.md").read_text("utf-8")


def rows(name: str) -> set[str]:
    """The words in the first column of all tables, and of the headings, of a page."""
    found = re.findall(r"^\| `([^`]+)`|^#+ .*`(?:wushang )?([^`\n]+)`$", said(name), re.MULTILINE)
    return {first or second for first, second in found}


def stems(folder: str, pattern: str = "*.yaml") -> set[str]:
    return {p.stem for p in (ROOT / "src" / "wushang" / folder).glob(pattern) if not p.stem.startswith("_")}


def test_committed_pages_are_what_the_script_writes():
    wrong = [name for name, text in reference.written().items() if (REFERENCE / name).read_text("utf-8") != text]
    assert not wrong, f"run .venv/bin/python scripts/reference.py and commit docs/reference/: {', '.join(wrong)}"


def test_every_setting_is_there():
    named = {
        name.removesuffix("_FILE")
        for path in (ROOT / "src").rglob("*.py")
        for name in re.findall(r"\bWUSHANG_[A-Z]+(?:_[A-Z]+)*\b", path.read_text("utf-8"))
    }
    assert named - rows("settings") == set()
    assert set(of_settings.settings_read()) - set(of_settings.SETTINGS) == set(), "say what it means, in scripts/reference_pages/settings.py"
    assert set(of_settings.SETTINGS) - set(of_settings.settings_read()) == set(), "nobody reads it any more"


@pytest.mark.parametrize(
    ("page", "folder", "pattern"),
    [
        ("commands", "web/management/commands", "*.py"),
        ("measures", "analyse/measures", "*.py"),
        ("sources", "collect/sources", "*.yaml"),
        ("roles", "people/roles", "*.yaml"),
    ],
)
def test_every_file_of_a_folder_has_its_entry(page, folder, pattern):
    assert stems(folder, pattern) - rows(page) == set()


def test_every_policy_is_there():
    files = (ROOT / "src" / "wushang" / "policies").rglob("*.yaml")
    ids = {re.search(r"^id: (\S+)", path.read_text("utf-8"), re.MULTILINE)[1] for path in files}
    assert ids and ids - rows("policies") == set()


def test_every_verb_of_every_role_is_there():
    assert {verb for role in of_roles.roles() for verb in role["verbs"]} - rows("roles") == set()


def test_every_verb_that_a_deed_asks_for_is_held_by_somebody():
    """A deed whose verb nobody has can be done by nobody: a role, or one of those the page names with its reason."""
    held = {verb for role in of_roles.roles() for verb in role["verbs"]}
    assert set(of_roles.deeds_by_verb()) - held == set(of_roles.WITHOUT_ROLE)
