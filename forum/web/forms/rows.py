"""A field that holds numbers of rows."""

from __future__ import annotations

from typing import Any

from wtforms import SelectMultipleField

from forum.web.numbers import row_number


class RowsField(SelectMultipleField):
    """Numbers of rows; what is none is dropped: no honest form sends it."""

    def __init__(self, label: Any = None, **options: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **options)

    def process_data(self, value: Any) -> None:
        self.data = list(value or ())

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = []
        for text in valuelist:
            try:
                self.data.append(row_number(text))
            except ValueError:
                continue
