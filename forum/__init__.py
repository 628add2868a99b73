"""Business forums between regions.

The app is imported when it is asked for. Whoever takes a library alone, as the process that computes a
schedule, does without the rest.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forum.application import create_app as create_app


def __getattr__(name: str) -> object:
    if name != "create_app":
        raise AttributeError(name)
    return import_module("forum.application").create_app
