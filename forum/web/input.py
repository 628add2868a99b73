"""What no page takes, so that no page has to think of it."""

from __future__ import annotations

from typing import Final

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, ValidationError

from forum.web.api.blueprint import is_for_programs
from forum.web.numbers import is_row_number

_NUL: Final = "\0"


class NumberConverter(IntegerConverter):
    """``<int:…>`` in addresses is the number of a row."""

    regex = r"\d{1,18}"  # Python refuses to read numbers of thousands of digits

    def to_python(self, value: str) -> int:
        number = int(value)
        if not is_row_number(number):
            raise ValidationError
        return number


def register_input(app: Flask) -> None:
    """Before the routes: addresses are compiled when they are added."""
    app.url_map.converters["int"] = NumberConverter
    app.before_request(_refuse_json)
    app.before_request(_refuse_nul)


def _refuse_json() -> None:
    """Pages take forms. WTForms would read JSON too, and fails on what is nested without end."""
    if request.is_json and not is_for_programs():
        abort(415)


def _refuse_nul() -> None:
    """Nobody types the character 0. PostgreSQL fails on it, SQLite keeps it, C libraries end there."""
    sent = (*request.args.items(multi=True), *request.form.items(multi=True))
    if _NUL in request.path or any(_NUL in name or _NUL in value for name, value in sent):
        abort(400)
