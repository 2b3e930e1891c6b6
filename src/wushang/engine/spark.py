"""Apache Spark (the extra `spark` and a Java 17): reads the same files when one machine is too small.

pyspark and the Java machine start with the first use, not with the import.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import tempfile
import threading
import warnings
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from wushang.engine import KEPT
from wushang.terms.problem import Refused

SETTINGS = {
    "spark.ui.showConsoleProgress": "false",  # no progress bars among our lines
    "spark.log.level": "ERROR",  # its warnings speak to operators of clusters
    "spark.sql.parquet.mergeSchema": "false",  # the schema is declared: no look into every file's end
    "spark.sql.catalogImplementation": "in-memory",  # no Hive and no folder of its own for it
    "spark.sql.execution.arrow.pyspark.enabled": "true",  # rows come and go as Arrow, never one by one
    # a day in a filter travels to the executors as a day; else as an instant, which is another day where a clock stands elsewhere
    "spark.sql.datetime.java8API.enabled": "true",
    "spark.sql.ansi.enabled": "true",  # an overflow or a division by zero is an error and never a wrong figure
}
# Of a session whose executors are on this machine. A cluster's own are set where the cluster is: spark-defaults.conf.
HERE = {
    "spark.ui.enabled": "false",  # no web server of its own
    "spark.driver.bindAddress": "127.0.0.1",  # a local session talks to nobody …
    "spark.driver.host": "127.0.0.1",  # … and asks for no name, which waits where there is no network
    "spark.driver.memory": "2g",  # a limit, as DuckDB has one
    "spark.sql.shuffle.partitions": "2",  # by default 200 tasks, each dearer than its work
    "spark.default.parallelism": "2",  # the same outside SQL
    "spark.sql.adaptive.enabled": "false",  # planning anew between the stages of a query costs more than it saves here
}


class Spark:
    id = "spark"

    def __init__(self, master: str = "local[2]", settings: dict[str, str] | None = None) -> None:
        """`master` as Spark writes it; `settings` stand above SETTINGS."""
        self._here = master.startswith("local")
        self.apart = not self._here
        self._master, self._settings = master, SETTINGS | (HERE if self._here else {}) | (settings or {})
        self._lock, self._numbers = threading.Lock(), itertools.count(1)
        self._connection: Any = None
        self._views: set[str] = set()
        self._kept: dict[str, ibis.Table] = {}  # views of expressions, the one used last at the end

    @property
    def connection(self) -> Any:
        """One session a process, started at first use; Spark serves several threads from one session."""
        with self._lock:
            if self._connection is None:
                session = self._started()  # first: it says what is missing
                self._connection = ibis.pyspark.connect(session)
        return self._connection

    def _started(self) -> Any:
        if self._here:
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        folder = tempfile.mkdtemp(prefix="wushang-spark-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        # nothing is left in the folder we happen to stand in
        places = {"spark.local.dir": folder, "spark.sql.warehouse.dir": folder} if self._here else {}
        builder = _builder().master(self._master).appName("wushang")
        for name, value in (self._settings | places).items():
            builder = builder.config(name, value)
        return builder.getOrCreate()

    def table(self, name: str, files: list[str], schema: pa.Schema) -> ibis.Table:
        if not files:
            return self.memory(name, schema.empty_table())
        # Snapshot files never change, so a view over the same files is made once and kept.
        view = f"{name}_{hashlib.sha256(chr(10).join(files).encode()).hexdigest()[:16]}"
        connection = self.connection
        with self._lock:
            if view not in self._views:
                reader = connection._session.read.schema(_spark_schema(schema))
                reader.parquet(*map(_address, files)).createOrReplaceTempView(view)
                self._views.add(view)
        return connection.table(view)

    def view(self, name: str, make: Callable[[], ibis.Table]) -> ibis.Table:
        connection = self.connection
        if name not in self._kept:
            connection._session.sql(connection.compile(make())).createOrReplaceTempView(name)
        with self._lock:
            self._kept[name] = table = self._kept.pop(name, None) or connection.table(name)  # used last, so it goes last
            oldest = next(iter(self._kept)) if len(self._kept) > KEPT else ""
            self._kept.pop(oldest, None)
        if oldest:
            connection._session.catalog.dropTempView(oldest)
        return table

    def memory(self, name: str, rows: pa.Table) -> ibis.Table:
        # Not ibis.memtable: on Spark that leads through pandas, which makes floats of whole numbers with gaps.
        connection, view = self.connection, f"{name}_memory_{next(self._numbers)}"
        connection._session.createDataFrame(rows).createOrReplaceTempView(view)
        table = connection.table(view)
        weakref.finalize(table.op(), connection._session.catalog.dropTempView, view)  # goes with its last expression
        return table

    def fetch(self, rows: ibis.Table) -> pa.Table:
        """Straight to Arrow: Ibis's own way leads through pandas."""
        found = self.connection._session.sql(self.connection.compile(rows)).toArrow()
        return found.cast(rows.schema().to_pyarrow())

    def fetch_all(self, rows: Sequence[ibis.Table]) -> list[pa.Table]:
        return [self.fetch(one) for one in rows]


def _builder() -> Any:
    """pyspark's builder, or a sentence about what is missing."""
    duckdb = "或设 WUSHANG_ENGINE=duckdb。"
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise Refused("没有找到 Java。", f"请安装 Java 17（Debian：openjdk-17-jre-headless），{duckdb}", "WUSHANG_ENGINE", "spark")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of pandas 3: no row of ours goes through pandas
            import ibis.backends.pyspark  # noqa: F401
            from pyspark.sql import SparkSession
    except ImportError:
        raise Refused("没有安装 pyspark。", f"请安装 wushang[spark]，{duckdb}", "WUSHANG_ENGINE", "spark") from None
    return SparkSession.builder


def _address(file: str) -> str:
    """As Hadoop's file systems write it: a path of this machine is no path of HDFS, and S3 is called s3a."""
    if "://" not in file:
        return f"file://{Path(file).resolve()}"
    return file.replace("s3://", "s3a://", 1)


def _spark_schema(schema: pa.Schema) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema)


ENGINE = Spark
