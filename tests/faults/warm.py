"""A warm parent: everything is imported and no thread runs, so that it can fork. Its children do the worker's work;
it kills them by SIGKILL. Reads one JSON order a line from stdin, answers one JSON line each.

The parent itself never touches polars or DuckDB: their threads would not live on in a child.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
import mmap
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import django

BY_THE_CLOCK = 0.6  # of the kills in every other wave; all others fall before a writing statement, on any machine alike
OFTEN = ("check_waiting", "land_waiting", "undo_waiting", "judge_commits", "judge_daily", "draft_findings", "push_commits",
         "deliver_some")  # fmt: skip
ROUNDS = 60  # more than this means that something is done again and again


class Shared:
    """Memory that outlives a killed child: which phase it was in."""

    def __init__(self) -> None:
        self.page = mmap.mmap(-1, 16)

    @property
    def phase(self) -> int:
        return self.page[0]

    @phase.setter
    def phase(self, number: int) -> None:
        self.page[0] = number

    @property
    def alarm(self) -> int:
        return self.page[1]

    @alarm.setter
    def alarm(self, raised: int) -> None:
        self.page[1] = raised


SHARED = Shared()


class Fate:
    """What comes at the n-th writing statement of a phase: SIGKILL at once, or an alarm that calls the killer, who needs
    a moment. A child that had less to do there goes home, so that the wave is not finished unharmed."""

    def __init__(self, phase: str, statement: int, alarm: bool = False) -> None:
        self.phase, self.statement, self.alarm, self.written = phase, statement, alarm, 0

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            if self.written == self.statement:
                if not self.alarm:
                    os.kill(os.getpid(), signal.SIGKILL)
                SHARED.alarm = 1
            self.written += 1
        return execute(sql, params, many, context)


NEVER = 10**9
GONE_HOME = 7


def phases() -> dict[str, Callable[[datetime], int]]:
    """What a child does, in this order, until nothing is left: the worker's duties, then the people."""
    from faults import office

    from wushang.web import worker

    found = {duty.do.__name__: duty.do for duty in worker.DUTIES} | {"clerk": office.clerk, "office": office.office}
    return {name: found[name] for name in dict.fromkeys(("check_waiting", "clerk", *found))}


def marked(name: str, number: int, do: Callable[[datetime], int], times: Path | None, fate: Fate | None):
    """The duty, telling in shared memory that it runs, and how long it took where somebody wants to know."""

    from django.db import connection

    def run(at: datetime) -> int:
        counter = fate if fate and fate.phase == name else Fate(name, NEVER)
        SHARED.phase, began = number, time.perf_counter()
        with connection.execute_wrapper(counter):
            made = do(at)
        SHARED.phase = 0
        if counter is fate and fate.written <= fate.statement:
            os._exit(GONE_HOME)
        if times:
            with times.open("a") as out:
                out.write(json.dumps([name, time.perf_counter() - began, counter.written]) + "\n")
        return made

    return run


def work(at: datetime, times: Path | None = None, fate: Fate | None = None) -> None:
    """Rounds until nothing is left to do, as `wushang work --once` makes them, and the people's part."""
    try:
        _work(at, times, fate)
    finally:
        if times:
            times.with_suffix(".modules").write_text("\n".join(sys.modules))


def warm_up(times: Path) -> None:
    """Import what a child had to import, so that the next ones need not."""
    for name in times.with_suffix(".modules").read_text().splitlines():
        if name not in sys.modules:
            with contextlib.suppress(Exception):
                importlib.import_module(name)


def _work(at: datetime, times: Path | None, fate: Fate | None) -> None:
    from wushang.web.worker import Duty, one_round

    duties = tuple(Duty(name, marked(name, n, do, times, fate)) for n, (name, do) in enumerate(phases().items(), 1))
    for _ in range(ROUNDS):
        if not one_round(at, duties):
            return
    raise AssertionError("the work never ends")


class ToFile(logging.Handler):
    """Duties that failed, for the test to read."""

    def __init__(self, path: Path) -> None:
        super().__init__(logging.ERROR)
        self.path = path

    def emit(self, record: logging.LogRecord) -> None:
        with self.path.open("a") as out:
            out.write(self.format(record) + "\n")


def fork(home: Path, do: Callable[[], object]) -> int:
    """A child that does it and ends; returns its process id."""
    from django.db import connections

    connections.close_all()
    sys.stdout.flush()
    SHARED.phase = SHARED.alarm = 0
    child = os.fork()
    if child:
        return child
    try:
        logging.getLogger().addHandler(ToFile(home / "failed.log"))
        do()
        connections.close_all()
        os._exit(0)
    except BaseException:
        with (home / "failed.log").open("a") as out:
            traceback.print_exc(file=out)
        os._exit(1)


def done(child: int) -> None:
    _pid, status = os.waitpid(child, 0)
    if status:
        raise RuntimeError(f"a child ended with {status}")


class Killer:
    """Kills children where it aims, and counts where they really died."""

    def __init__(self, home: Path, seed: int) -> None:
        self.home, self.chance = home, random.Random(seed)
        self.names = ["between", *phases()]
        self.fell: Counter[str] = Counter()
        self.left: Counter[str] = Counter()  # what the ledger held at death
        self.missed: Counter[str] = Counter()  # children that ended unharmed, by where the killer aimed

    def kill_once(self, at: datetime, aim: str, longest: float, writes: int, by_clock: float = 0.0) -> bool:
        """One child, killed in the phase or soon after: before one of its writing statements, or (`by_clock` of them) some
        time after it. False when it ended by itself."""
        early = max(1, writes // 4) if self.fell[aim] else 1  # what an earlier kill let through is not to be done again
        fate = Fate(aim, self.chance.randrange(early), alarm=self.chance.random() < by_clock)
        child = fork(self.home, lambda: work(at, fate=fate))
        if fate.alarm:
            while not SHARED.alarm:
                if os.waitpid(child, os.WNOHANG)[0]:
                    return self._missed(aim)
                time.sleep(0.0002)
            time.sleep(self.chance.uniform(0, longest))
            os.kill(child, signal.SIGKILL)
        return self._buried(child) or self._missed(aim)

    def _missed(self, aim: str) -> bool:
        self.missed[aim] += 1
        return False

    def _buried(self, child: int) -> bool:
        _pid, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            return False
        from faults.dead import left_behind, time_passes

        self.fell[self.names[SHARED.phase]] += 1
        self.left.update(left_behind())
        time_passes()
        return True


def aims(measured: dict[str, list], kills: int, chance: random.Random) -> list[str]:
    """Where to kill in one wave: the phases in the order of the work, each at least once, those that matter more often."""
    busy = [name for name in phases() if measured.get(name, (0, 0))[1] > 1]
    often = [name for name in busy if name in OFTEN] or busy
    chosen = [*chance.sample(busy, min(kills, len(busy))), *chance.choices(often, k=max(0, kills - len(busy)))]
    return sorted(chosen, key=list(phases()).index)


def run(order: dict) -> dict:
    """All waves of the place; `kills` in all, none in the undisturbed run, which measures how long phases take."""
    from faults import office

    home, kills, until = Path(order["home"]), order["kills"], time.monotonic() + order.get("seconds", 10**6)
    office.settle_in(home)
    waves, killer, dead, began = office.waves(Path(order["city"]), order["months"]), Killer(home, order["seed"]), 0, time.monotonic()
    measured: list[dict[str, list]] = order.get("times", [])
    taken: list[dict[str, list]] = []
    for number, wave in enumerate(waves):
        done(fork(home, lambda wave=wave: office.bring(wave)))
        if kills and time.monotonic() < until:
            quota = (kills - dead) * 5 // (len(waves) - number) // 4 + 1  # some will miss
            by_clock = 0.0 if number % 2 else BY_THE_CLOCK  # a kill by the clock may let a later phase through unharmed
            for aim in aims(measured[number], quota, killer.chance):
                dead += dead < kills and killer.kill_once(wave.at, aim, *measured[number][aim], by_clock)
        times = home / f"times-{number}.jsonl"
        later = wave.at + timedelta(hours=2)
        done(fork(home, lambda wave=wave, times=times: work(wave.at, times)))
        done(fork(home, lambda later=later: work(later)))
        taken.append(longest(times))
        warm_up(times)
    last = waves[-1].at + timedelta(hours=3)
    done(fork(home, lambda: office.notices(last, order["months"] * 20)))
    spare = 2 * kills
    while dead < kills and time.monotonic() < until and (spare := spare - 1):
        dead += killer.kill_once(last, "deliver_some", 0.05, 10, BY_THE_CLOCK)
    done(fork(home, lambda: work(last)))
    done(fork(home, lambda: work(last + timedelta(hours=2))))
    failed = home / "failed.log"
    return {
        "kills": dead, "fell": killer.fell, "left": killer.left, "missed": killer.missed, "times": taken,
        "seconds": round(time.monotonic() - began, 1), "failed": failed.read_text() if failed.exists() else "",
    }  # fmt: skip


def longest(path: Path) -> dict[str, list]:
    """By phase, the most seconds and the most writing statements that it took at once."""
    found: dict[str, list] = {}
    for line in path.read_text().splitlines():
        name, seconds, writes = json.loads(line)
        most = found.get(name, [0.0, 0])
        found[name] = [max(most[0], seconds), max(most[1], writes)]
    return found


def _other(order: dict) -> dict:
    """Another kind of order: `do` names its function (module:name)."""
    module, _, name = order["do"].partition(":")
    return getattr(importlib.import_module(module), name)(order)


def main() -> None:
    django.setup()
    phases()
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        try:
            order = json.loads(line)
            answer = _other(order) if "do" in order else run(order)
        except Exception:
            failed = Path(json.loads(line)["home"]) / "failed.log"
            answer = {"error": traceback.format_exc() + (failed.read_text() if failed.exists() else "")}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
