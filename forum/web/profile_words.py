"""The fields of a profile as people call them, and what changing one can be refused for."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l

from forum.domain.profile import FIELDS
from forum.domain.states import Visibility
from forum.sentences import register
from forum.web import journal_sentences

FIELD_TITLES: Final = {
    "family_name": _l("Family name"),
    "given_name": _l("Given name"),
    "patronymic": _l("Patronymic"),
    "latin_family_name": _l("Family name in Latin letters"),
    "latin_given_name": _l("Given name in Latin letters"),
    "company_id": _l("Company"),
    "position": _l("Position"),
    "email": _l("E-mail"),
    "phone": _l("Phone"),
    "phone_extension": _l("Extension"),
    "town": _l("Town"),
    "region": _l("Region"),
    "spoken": _l("Languages spoken"),
    "language": _l("Language of letters and papers"),
    "diet": _l("Meals"),
    "access_needs": _l("Access needs"),
    "arrives_at": _l("Arrives"),
    "leaves_at": _l("Leaves"),
    "visibility": _l("Who sees me in the catalogue"),
    "photo_id": _l("Photo"),
}
VISIBILITIES: Final = {
    Visibility.PUBLIC: _l("Everybody"),
    Visibility.PARTICIPANTS: _l("Participants of the forum"),
    Visibility.NOBODY: _l("Nobody"),
}


def field_titles(names: list[str]) -> str:
    """Names of fields as a list in the reader's language."""
    return ", ".join(str(FIELD_TITLES[name]) for name in FIELDS if name in names)


register(
    {
        "no_such_company": _l("This company is no longer there. Choose it again."),
        "no_such_file": _l("This photo is no longer there. Send it again."),
        "profile_stale": _l("Somebody has changed these details meanwhile. Compare both versions."),
    }
)
journal_sentences.register(
    {"profile_changed": (_l("Details changed"), _l("Details were changed: %(subject)s."))}
)
