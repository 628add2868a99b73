"""What was taken from others is served byte for byte as it was published."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"
LIST = "vendor/SHA256SUMS"


def _listed(static: Path) -> dict[str, str]:
    lines = (static / LIST).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("  ", 1) for line in lines)
    return {name: digest for digest, name in pairs}


def _present(static: Path) -> dict[str, str]:
    files = {path.relative_to(static / "vendor").as_posix(): path for path in (static / "vendor").rglob("*")}
    files |= {f"../fonts/{path.name}": path for path in (static / "fonts").iterdir()}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in files.items()
        if path.is_file() and path != static / LIST
    }


def test_vendored_files_are_the_listed_ones() -> None:
    assert _present(STATIC) == _listed(STATIC)


def test_a_changed_or_smuggled_file_is_noticed(tmp_path: Path) -> None:
    static = tmp_path / "static"
    shutil.copytree(STATIC / "vendor", static / "vendor")
    shutil.copytree(STATIC / "fonts", static / "fonts")
    (static / "vendor" / "stranger.js").write_text("alert()", encoding="utf-8")
    with (static / "fonts" / "OFL.txt").open("a", encoding="utf-8") as licence:
        licence.write(" ")
    present, listed = _present(static), _listed(static)
    assert {name for name in present if present[name] != listed.get(name)} == {
        "stranger.js",
        "../fonts/OFL.txt",
    }
