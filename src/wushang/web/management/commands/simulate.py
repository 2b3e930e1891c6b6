from dataclasses import asdict
from datetime import date
from pathlib import Path

from django.core.management.base import CommandError

from wushang.simulate import city
from wushang.web.said import SayingCommand


class Command(SayingCommand):
    help = "Write a simulated city: its departments' files, and the truth behind them."
    requires_system_checks = []

    def options(self, parser):
        parser.add_argument("directory", type=Path)
        parser.add_argument("--enterprises", type=int, default=150)
        parser.add_argument("--months", type=int, default=24)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--until", type=date.fromisoformat, default=city.UNTIL)

    def run(self, directory: Path, enterprises: int, months: int, seed: int, until: date, **_):
        try:
            return asdict(city.write(directory, enterprises, months, seed, until))
        except ValueError as wrong:
            raise CommandError(str(wrong)) from None
