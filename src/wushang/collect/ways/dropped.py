"""The files of the inbox (收件文件夹): which are whole enough to look at, and whose they are by the folders they lie in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from wushang.collect.inforce import sources
from wushang.collect.ways import slips
from wushang.people.deed import refuse
from wushang.people.models import Department

AWAY = ("done", "refused")  # where files end; not read
GROWING = (
    ".part",
    ".partial",
    ".tmp",
    ".filepart",
    ".crdownload",
    ".ok",
)  # uploads under way, and the mark of a finished one
HIDDEN = (".", "~$")


@dataclass(frozen=True)
class Dropped:
    """A file in the inbox."""

    root: Path
    path: Path

    @property
    def parts(self) -> tuple[str, ...]:
        """Folder names and file name below the inbox, as people read them."""
        return tuple(slips.readable(part) for part in self.path.relative_to(self.root).parts)

    @property
    def place(self) -> str:
        return "/".join(self.parts)[-500:]

    @property
    def marked(self) -> bool:
        return self.mark.exists()

    @property
    def mark(self) -> Path:
        return self.path.with_name(self.path.name + ".ok")


def files_in(folder: Path, root: Path | None = None, depth: int = 0) -> Iterator[Dropped]:
    """The files as deep as a table's folder; whatever is being written still is left alone."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(HIDDEN):
            continue
        if path.is_dir() and not path.is_symlink():
            if depth < 2 and path.name not in AWAY:
                yield from files_in(path, root or folder, depth + 1)
        elif not path.name.lower().endswith(GROWING) and path.name != slips.READ_ME:
            yield Dropped(root or folder, path)


def addressed(file: Dropped, at: datetime) -> tuple[Department, str]:
    """Department and table from the two folders, by code or by name."""
    if len(file.parts) != 3:
        why = _("文件没有放在“部门/报送表”两层文件夹里。")
        raise refuse("folder", why, _("请放到 部门/报送表/ 下面，写名称或代码都行，如 应急局/生产安全事故/。"), value=file.place)
    department, table = file.parts[:2]
    found = [d for d in Department.objects.select_related("region") if department in (d.code, d.short_name, d.name)]
    if len(found) != 1:
        why = _("没有名为“%(name)s”的报送部门。") % {"name": department}
        raise refuse(
            "which_sender", why, _("第一层文件夹请用部门的简称或代码，如 应急局（平台“账号 — 部门与地区”里有）。"), value=file.place
        )
    tables = [source.id for source in sources() if table in (source.id, source.title)]
    if len(tables) != 1:
        names = "、".join(f"{source.id}（{source.title}）" for source in sources())
        why = _("没有名为“%(name)s”的报送表。") % {"name": table}
        raise refuse(
            "no_source", why, _("第二层文件夹请用报送表的名称或代码：%(names)s。") % {"names": names}, value=file.place
        )
    return found[0], tables[0]
