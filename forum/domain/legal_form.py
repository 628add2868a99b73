"""One legal form, in every language."""

from __future__ import annotations

from dataclasses import dataclass

from forum.domain.localized import Localized


@dataclass(frozen=True, slots=True)
class LegalForm:
    """One form in every language. ``spellings`` are further ways to write it, in any language.

    ``is_person``: the company is a person, and its name makes no sense without the form.
    """

    code: str
    full: Localized
    short: Localized
    spellings: tuple[str, ...] = ()
    is_person: bool = False


def form(
    code: str, russian: str, kazakh: str, english: str, spellings: str = "", *, is_person: bool = False
) -> LegalForm:
    """Each language as «short|full», or one text for both where nobody abbreviates it; ``spellings``
    part at the bars.
    """
    pairs = {"ru": russian.split("|"), "kk": kazakh.split("|"), "en": english.split("|")}
    return LegalForm(
        code,
        full=Localized({language: pair[-1] for language, pair in pairs.items()}),
        short=Localized({language: pair[0] for language, pair in pairs.items()}),
        spellings=tuple(filter(None, spellings.split("|"))),
        is_person=is_person,
    )
