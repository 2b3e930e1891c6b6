from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from wushang.people.deed import Deed


@dataclass
class JudgeCommits(Deed):
    """随数据研判: judge the units that new commits touched; the cursor moves in the same transaction."""

    number: int

    verb: ClassVar[str] = "judge.run"
    title: ClassVar[Any] = _("随数据研判")

    def act(self):
        from wushang.judge.run import judge_up_to

        self.runs = judge_up_to(self.number, self.at)
        return self.runs

    def subject(self) -> str:
        return f"commit:{self.number}"

    def said(self) -> dict[str, Any]:
        return {"runs": [run.pk for run in self.runs], "changes": sum(run.changes for run in self.runs)}
