"""The engines that the common tests run on: DuckDB always, Spark (marked) where pyspark and Java are.

What an engine cannot do is marked with its name and a reason, and must fail, so that a mark that has become untrue shows:
`notimpl` (we or Ibis could, and have not), `notyet` (the engine cannot yet), `never` (not by its nature).
"""

import functools
import os
import shutil
from importlib.util import find_spec

import pytest

from wushang.engine import Engine, engine_named, engines

GAPS = ("notimpl", "notyet", "never")
# Tests are many small queries: compiling each to Java code, and that with care, costs more than running it.
QUICK = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.executor.extraJavaOptions": "-Duser.timezone=America/New_York",  # a cluster's clocks are not ours
}
PARAMS = [pytest.param(name, marks=[pytest.mark.spark] if name == "spark" else []) for name in engines()]


def pytest_configure(config: pytest.Config) -> None:
    for gap in GAPS:
        config.addinivalue_line("markers", f"{gap}(engine, reason): this engine cannot do it")


@functools.cache
def started(name: str) -> Engine:
    """One engine of a kind for the whole run."""
    if name != "spark":
        return engine_named(name)
    if not find_spec("pyspark"):
        pytest.skip("pyspark is not installed (make test-spark installs it)")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("no Java found (Debian: openjdk-17-jre-headless)")
    from wushang.engine.spark import Spark

    return Spark(os.environ.get("WUSHANG_TEST_SPARK", "local[2]"), QUICK)  # one master a process: Spark knows no second


@pytest.fixture(params=PARAMS)
def engine(request: pytest.FixtureRequest) -> Engine:
    for gap in GAPS:
        for mark in request.node.iter_markers(gap):
            if mark.args[0] == request.param:
                request.applymarker(pytest.mark.xfail(reason=f"{gap}: {mark.kwargs['reason']}", strict=True))
    return started(request.param)
