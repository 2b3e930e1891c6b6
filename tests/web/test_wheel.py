"""The wheel, as somebody would take it to a machine: it holds its assets, installs beside its packages, and serves."""

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from web.served import page, serving, until

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]
ECHARTS = "wushang/web/static/vendor/echarts.min.js"


def build(project: Path, out: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(project)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    made = build(ROOT, out)
    assert made.returncode == 0, made.stdout + made.stderr
    return next(out.glob("wushang-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """A fresh environment with the wheel alone; the packages of this one are seen beside it, so nothing is downloaded."""
    place = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(place / "bin" / "python")]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    own = next((place / "lib").glob("python*/site-packages"))
    (own / "beside.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return place


def test_the_wheel_holds_what_pages_need(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {ECHARTS, "wushang/web/static/web/tokens.css", "wushang/people/regions/divisions.csv"} <= names
    assert any(name.startswith("wushang/policies/gaotai/") for name in names)
    assert not [name for name in names if name.endswith((".sqlite3", ".secret"))]


def test_without_the_assets_there_is_a_sentence_and_no_wheel(tmp_path):
    project = tmp_path / "project"
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        (project / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, project / name)
    shutil.copytree(ROOT / "scripts", project / "scripts")
    (project / "src/wushang").mkdir(parents=True)
    (project / "src/wushang/__init__.py").touch()
    made = build(project, tmp_path / "dist")
    assert made.returncode != 0 and "run `make assets` first" in made.stdout + made.stderr
    assert not list((tmp_path / "dist").glob("*.whl"))


def test_an_installed_wheel_serves_its_pages_and_its_assets(installed, tmp_path):
    where = "import wushang; print(wushang.__file__)"
    said = subprocess.run([installed / "bin" / "python", "-c", where], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert said.stdout.startswith(str(installed))  # not the source tree
    with serving([str(installed / "bin" / "wushang")], tmp_path) as (_process, address):
        assert "登录" in until(lambda: page(f"{address}/sign-in/"))
        assert "--action" in page(f"{address}/static/web/tokens.css")
        assert "echarts" in page(f"{address}/static/vendor/echarts.min.js")[:5000]
