"""Programs that tests drive. Where one is missing its tests are skipped, except in CI, where they fail."""

from __future__ import annotations

import os
import shutil

import pytest


def need(*names: str) -> str:
    """The path of the first of ``names`` that is installed."""
    for name in names:
        path = shutil.which(name)
        if path:
            return path
    return missing(names[0])


def missing(name: str) -> str:
    """End the test for want of ``name``."""
    if os.environ.get("REQUIRE_ALL"):
        pytest.fail(f"{name} is not installed")
    pytest.skip(f"{name} is not installed")
