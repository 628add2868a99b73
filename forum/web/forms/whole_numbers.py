"""Counts as people type them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, Form, IntegerField
from wtforms.validators import StopValidation

from forum.web.numbers import whole_number


class WholeNumberField(IntegerField):
    """A whole number within bounds, refused in the reader's language; endless ones are refused too."""

    def __init__(
        self, label: Any = None, validators: Iterable[Any] = (), *, least: int = 0, most: int, **kwargs: Any
    ) -> None:
        super().__init__(label, [_Within(least, most), *validators], **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            self.data = whole_number("".join(valuelist[0].split())) if valuelist else None
        except ValueError:
            self.data = None  # the check says what is wrong


class _Within:
    field_flags = {"required": True}

    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most

    def __call__(self, _form: Form, field: Field) -> None:
        if field.data is None or not self._least <= field.data <= self._most:
            sentence = _(
                "Enter a whole number from %(least)s to %(most)s.", least=self._least, most=self._most
            )
            raise StopValidation(sentence)
