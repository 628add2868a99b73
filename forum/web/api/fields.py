"""The kinds of values that programs send."""

from __future__ import annotations

from typing import Any, Final

from marshmallow import Schema, ValidationError, fields, post_load, validate

from forum.domain.localized import LANGUAGES, Localized
from forum.domain.typed_text import has_control
from forum.web.numbers import is_row_number
from forum.workbooks.contacts import parse_emails, parse_phones

_MOST_NUMBER: Final = 2**31 - 1


class Text(fields.String):
    """One line of text, at most ``most`` characters, without characters that nobody types."""

    has_breaks = False

    def __init__(self, *, most: int, least: int = 0, **options: Any) -> None:
        super().__init__(validate=validate.Length(min=least, max=most), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **options)
        if has_control(text, with_breaks=self.has_breaks):
            raise ValidationError("Holds characters that are no text.")
        return text.strip()


class LongText(Text):
    """Text of several lines."""

    has_breaks = True


class RowId(fields.Integer):
    """The number of a row."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strict=True, validate=validate.Range(min=1, max=_MOST_NUMBER), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        number = super()._deserialize(value, attr, data, **options)
        if number is not None and not is_row_number(number):
            raise ValidationError("Not the number of anything.")
        return number


class Email(Text):
    """An address, kept in small letters. Nobody is asked whether it receives."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        addresses, rest = parse_emails(super()._deserialize(value, attr, data, **options))
        if len(addresses) != 1 or rest:
            raise ValidationError("Not an e-mail address.")
        return addresses[0]


class Phone(Text):
    """A telephone number in any usual spelling, kept as E.164."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        phones, rest = parse_phones(super()._deserialize(value, attr, data, **options))
        if len(phones) != 1 or rest or phones[0].extension:
            raise ValidationError("Not a telephone number.")
        return phones[0].number


class _Texts(Schema):
    """A text in each language that has one."""

    ru = LongText(most=2000)
    kk = LongText(most=2000)
    en = LongText(most=2000)

    @post_load
    def localized(self, data: dict[str, str], **_options: Any) -> Localized:
        return Localized(data)


def localized(**options: Any) -> fields.Nested:
    """A text in ru, kk and en."""
    return fields.Nested(_Texts, **options)


def code_of(codes: Any, **options: Any) -> fields.String:
    """One of the ``codes``."""
    return fields.String(validate=validate.OneOf(list(codes)), **options)


LANGUAGE: Final = validate.OneOf(LANGUAGES)
