"""ID documents in the words of those who hold them: kinds, fields, what does not hold and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from forum.domain.identity_documents import DocumentField, DocumentKind
from forum.sentences import register
from forum.web import journal_sentences

KINDS: Final[Mapping[str, Any]] = {
    DocumentKind.RU_INTERNAL: _l("Russian internal passport"),
    DocumentKind.RU_FOREIGN: _l("Russian passport for travel abroad"),
    DocumentKind.KZ_PASSPORT: _l("Passport of Kazakhstan"),
    DocumentKind.KZ_ID_CARD: _l("Identity card of Kazakhstan"),
    DocumentKind.DIPLOMATIC: _l("Diplomatic passport"),
    DocumentKind.SERVICE: _l("Service passport"),
    DocumentKind.OTHER: _l("Another document"),
}
FIELDS: Final = {
    DocumentField.NUMBER: _l("Document and its number"),
    DocumentField.BIRTH_DATE: _l("Date of birth"),
    DocumentField.CITIZENSHIP: _l("Citizenship"),
    DocumentField.ISSUED_ON: _l("Date of issue"),
    DocumentField.ISSUED_BY: _l("Issued by"),
    DocumentField.EXPIRES_ON: _l("Valid until"),
    DocumentField.IIN: _l("IIN"),
}
FIELD_TITLES: Final[Mapping[str, Any]] = {
    "kind": _l("Document"),
    "number": _l("Series and number"),
    **{field.value: title for field, title in FIELDS.items()},
}

register(
    {
        "document_not_asked": _l("No site of yours asks for a document any more, so it is not kept."),
        "no_such_document": _l("No document is held."),
        "reason_too_short": _l("Say in a few words why you need to see the document."),
        "document_number_empty": _l("Enter the number of the document."),
        "document_number_ru_internal": _l(
            "A Russian internal passport has 4 digits of the series and 6 of the number, such as 4508 123456."
        ),
        "document_number_ru_foreign": _l(
            "A Russian passport for travel abroad has 9 digits, such as 71 1234567."
        ),
        "document_number_kz_passport": _l(
            "A passport of Kazakhstan has the letter N and 8 digits, such as N12345678."
        ),
        "document_number_kz_id_card": _l("An identity card of Kazakhstan has 9 digits, such as 012345678."),
        "document_number_diplomatic": _l(
            "A diplomatic passport has up to two Latin letters and 6 to 9 digits."
        ),
        "document_number_service": _l("A service passport has up to two Latin letters and 6 to 9 digits."),
        "document_number_other": _l("Enter 4 to 20 letters and digits, at least one of them a digit."),
        "document_birth_date_empty": _l("Enter the date of birth."),
        "document_birth_date": _l("The date of birth must lie in the past, at most 130 years ago."),
        "document_citizenship": _l("Choose the citizenship."),
        "document_issued_on_empty": _l("Enter when the document was issued."),
        "document_issued_on": _l(
            "The document must have been issued after the birth and not later than today."
        ),
        "document_issued_by_empty": _l("Enter who issued the document."),
        "document_expires_on_empty": _l("Enter until when the document is valid."),
        "document_expired": _l("This document is no longer valid. Enter another one."),
        "document_iin": _l("An IIN has 12 digits; one of these is wrong. Compare it with the document."),
        "document_iin_birth_date": _l(
            "The IIN begins with another date of birth. Compare both with the document."
        ),
        "zone_shape": _l("These are not all the signs of the lines at the foot of the document."),
        "zone_letters": _l(
            "The lines at the foot of a document hold only Latin letters, digits and the sign <."
        ),
        "zone_check": _l("One of the signs is wrong. Compare the lines with the document."),
    }
)
journal_sentences.register_words("kind", KINDS)
journal_sentences.register(
    {
        "document_entered": (
            _l("Document entered"),
            _l("A document for visiting a site was entered: %(subject)s, %(kind)s."),
        ),
        "document_removed": (
            _l("Document removed"),
            _l("The document for visiting a site was removed: %(subject)s."),
        ),
        "document_revealed": (
            _l("Document shown"),
            _l("The document of %(subject)s was shown in full. Reason: %(reason)s."),
        ),
        "documents_rekeyed": (
            _l("Sealed data got another key"),
            _l("Sealed data got another key: %(count)s."),
        ),
    }
)
