"""Counts as people type them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from forum.web.numbers import whole_number


class WholeNumberField(IntegerField):
    """A whole number within bounds, refused in the reader's language; endless ones are refused too."""

    def __init__(
        self, label: Any = None, validators: Iterable[Any] = (), *, least: int = 0, most: int, **kwargs: Any
    ) -> None:
        self._least, self._most = least, most
        sentence: Any = _Sentence(least, most)  # lazy: the validators' hints say str
        checks = [InputRequired(sentence), NumberRange(least, most, sentence)]
        super().__init__(label, [*checks, *validators], **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = "".join(valuelist[0].split()) if valuelist else ""
        try:
            self.data = whole_number(text) if text else None
        except ValueError as error:
            self.data = None
            raise ValueError(str(_Sentence(self._least, self._most))) from error


class _Sentence:
    """Said in the language of whoever reads it: forms are made once, for every language."""

    def __init__(self, least: int, most: int) -> None:
        self._bounds = {"least": least, "most": most}

    def __str__(self) -> str:
        return _("Enter a whole number from %(least)s to %(most)s.", **self._bounds)

    def __mod__(self, _values: Any) -> str:
        return str(self)
