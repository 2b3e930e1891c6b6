"""What hatchling asks before it builds: a wheel without the pictures' library would serve pages without pictures."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LIBRARY = "src/wushang/web/static/vendor/echarts.min.js"


class NeedAssets(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """An editable install comes before the assets (`make env`); a wheel does not."""
        if version != "editable" and not (Path(self.root) / LIBRARY).exists():
            raise SystemExit(f"{LIBRARY} is not there: run `make assets` first, or `make wheel`, which does both.")
