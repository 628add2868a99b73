"""Files that stay outside the project: in a folder ``shared`` beside it, or where the environment says."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def beside(*parts: str) -> Path | None:
    """The path of such a file or folder; None where it is not there."""
    places = [Path(os.environ["FORUM_SHARED_DIR"])] if "FORUM_SHARED_DIR" in os.environ else []
    places += [folder / "shared" for folder in _folders_above()]
    found = (place.joinpath(*parts) for place in places)
    return next((path for path in found if path.exists()), None)


def _folders_above() -> list[Path]:
    """The folders around this checkout and, for a linked worktree, around the repository it belongs to."""
    here = Path(__file__).resolve()
    command = ["git", "-C", str(here.parent), "rev-parse", "--path-format=absolute", "--git-common-dir"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    repository = [Path(answer.stdout.strip())] if answer.returncode == 0 else []
    return [folder for start in (here, *repository) for folder in start.parents]
