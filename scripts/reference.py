"""Write docs/reference/*.md from the files' own metadata: `.venv/bin/python scripts/reference.py`.

Nothing here is typed twice, but for the meaning of a setting and of a verb that no deed uses; a test fails where one
of those lacks, and where the committed pages differ from what this script writes.
"""

from __future__ import annotations

import os
import sys
import tempfile

from reference_pages.code_lists import code_lists_page
from reference_pages.commands import commands_page
from reference_pages.markdown import ROOT
from reference_pages.measures import measures_page
from reference_pages.policies import policies_page
from reference_pages.roles import roles_page
from reference_pages.settings import settings_page
from reference_pages.sources import sources_page

OUT = ROOT / "docs" / "reference"
PAGES = {
    "measures": measures_page, "sources": sources_page, "policies": policies_page, "settings": settings_page,
    "commands": commands_page, "roles": roles_page, "code-lists": code_lists_page,
}  # fmt: skip


def written() -> dict[str, str]:
    """File name → text, as it should be committed."""
    from django.utils import translation

    with translation.override("zh-hans"):
        return {f"{name}.md": write() for name, write in PAGES.items()}


def main() -> None:
    os.environ.setdefault("WUSHANG_HOME", tempfile.mkdtemp(prefix="wushang-reference-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wushang.web.settings")
    import django

    django.setup()
    OUT.mkdir(parents=True, exist_ok=True)
    for name, text in written().items():
        (OUT / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"docs/reference/{name}\n")


if __name__ == "__main__":
    main()
