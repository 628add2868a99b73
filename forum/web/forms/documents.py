"""An ID document, typed by hand or by the lines at its foot; and the reason for which one is shown."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from babel import Locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, ValidationError

from forum import clock
from forum.domain.citizenships import CITIZENSHIPS, STATELESS
from forum.domain.identity_documents import DocumentField, DocumentKind, IdentityData, from_zone
from forum.domain.machine_readable import ZoneError, read_zone
from forum.errors import ForumError
from forum.i18n import language
from forum.sentences import describe, sentence
from forum.web.document_words import KINDS
from forum.web.forms.typed import DayField, TextLine, TextLines

_OF_FIELD: Final = {field: field.value for field in DocumentField if field is not DocumentField.NUMBER}
_NEIGHBOURS: Final = 2


def _citizenships() -> list[tuple[str, str]]:
    """The neighbours, then the rest by name."""
    names = Locale.parse(language()).territories
    known = [(three, names.get(two, three)) for three, two in CITIZENSHIPS.items()]
    rest = sorted(known[_NEIGHBOURS:], key=lambda pair: pair[1])
    return [("", "—"), *known[:_NEIGHBOURS], *rest, (STATELESS, str(_l("Without citizenship")))]


class DocumentForm(FlaskForm):
    """``asked`` are the fields that hosts ask for, ``documents`` what they take; the rest is not there."""

    zone = TextLines(_l("Lines at the foot of the document"), most=200)
    kind = SelectField(_l("Document"), validate_choice=False)
    number = TextLine(_l("Series and number"), most=40)
    birth_date = DayField(_l("Date of birth"))
    citizenship = SelectField(_l("Citizenship"), choices=_citizenships)
    issued_on = DayField(_l("Date of issue"))
    issued_by = TextLine(_l("Issued by"), most=200)
    expires_on = DayField(_l("Valid until"))
    iin = TextLine(_l("IIN"), most=20)

    def __init__(
        self, asked: Collection[str], documents: Collection[DocumentKind] = tuple(DocumentKind), **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.kind.choices = [(str(kind), str(KINDS[kind])) for kind in documents]
        for field in _OF_FIELD.values():
            if field not in asked:
                del self[field]

    def validate_kind(self, field: Any) -> None:
        """Which kinds count is the host's to say, and the service's to hold to."""
        if field.data not in list(DocumentKind):
            raise ValidationError(sentence("document_not_accepted"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Whatever of the document was not typed is read from the lines at its foot."""
        return super().validate(extra_validators) and (not self.zone.data or self._read_zone())

    def refuse(self, error: ForumError) -> None:
        """Say at its field what does not hold.

        Raises:
            ForumError: it is about no field of this form.
        """
        name = str(error.data.get("field", ""))
        if name not in self:
            raise error
        self[name].errors = [*self[name].errors, describe(error)]

    @property
    def wanted(self) -> IdentityData:
        return IdentityData(
            kind=DocumentKind(self.kind.data),
            number=self.number.data or "",
            **{name: self._value(name) for name in _OF_FIELD.values() if name in self},
        )

    def _value(self, name: str) -> Any:
        field = self[name]
        return field.day if isinstance(field, DayField) else field.data or ""

    def _read_zone(self) -> bool:
        try:
            found = from_zone(read_zone(self.zone.data or "", today=clock.now().date()))
        except ZoneError as error:
            self.zone.errors = [*self.zone.errors, sentence(error.code)]
            return False
        if not self.number.data:
            self.kind.data = found.kind.value
        for name, value in found.as_data().items():
            if name != "kind" and name in self and not self[name].data:
                self[name].data = value
        return True


class ReasonForm(FlaskForm):
    """Why somebody has to see a document."""

    reason = TextLine(_l("Why do you need to see it?"), most=200)
