"""What is said beside the picture of a badge, to the person who will wear it."""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.sentences import register
from forum.services.badge_previews import BadgeFinding, BadgePreview
from forum.web import journal_sentences

_FIELDS: Final = {
    "family": _l("Family name"),
    "given": _l("Given name and patronymic"),
    "latin_name": _l("Name in Latin letters"),
    "position": _l("Position"),
    "company": _l("Company"),
}
_SENTENCES: Final = {
    "broken_word": _l("%(field)s: a word is longer than the badge is wide and is divided: “%(printed)s”."),
    "cut_text": _l("%(field)s: too long for the badge, cut to “%(printed)s”. A shorter form helps."),
    "missing_company": _l("%(field)s: nothing is printed."),
    "missing_family": _l("%(field)s: nothing is printed."),
    "missing_glyph": _l("%(field)s: the badge has no such letter: %(characters)s."),
    "missing_latin_name": _l("%(field)s: missing. Guests who do not read Cyrillic cannot read the badge."),
    "small_text": _l("%(field)s: so long that the letters become very small. A shorter form reads better."),
}
register(
    {"badge_changed": _l("The badge would be printed otherwise now. Look at it again, then confirm it.")}
)
journal_sentences.register(
    {"badge_confirmed": (_l("Badge found right"), _l("The badge of %(subject)s was found right."))}
)


def finding_sentences(preview: BadgePreview) -> tuple[str, ...]:
    """What would come out badly and what to do about it, in the order of the badge."""
    return tuple(_sentence(finding) for finding in preview.findings if finding.code in _SENTENCES)


def alt_text(preview: BadgePreview) -> str:
    """The picture in words: everything that the badge says of the person."""
    return _("How the badge will look: %(texts)s", texts="; ".join(preview.said))


def _sentence(finding: BadgeFinding) -> str:
    facts = {
        "field": str(_FIELDS[finding.field]),
        "printed": finding.data.get("printed", ""),
        "characters": " ".join(finding.data.get("characters", ())),
    }
    return str(_SENTENCES[finding.code]) % facts
