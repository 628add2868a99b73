"""Names of companies: legal form and name proper, and the ways to write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from forum.domain.legal_forms import FORMS_BY_CODE, LEGAL_FORMS, LegalForm
from forum.domain.letter_case import tidy
from forum.domain.localized import LANGUAGES, Localized
from forum.domain.names import parse_person_name
from forum.domain.quotes import canonical, in_style, unwrapped
from forum.domain.transliteration import in_one_script, to_latin

_SHORTENED: Final = (
    ("научно-производственное объединение", "НПО"),
    ("научно-производственное предприятие", "НПП"),
    ("научно-производственная компания", "НПК"),
    ("научно-производственная фирма", "НПФ"),
    ("производственно-коммерческая фирма", "ПКФ"),
    ("производственное объединение", "ПО"),
    ("производственная компания", "ПК"),
    ("торгово-промышленная палата", "ТПП"),
    ("торгово-производственная компания", "ТПК"),
    ("торговый дом", "ТД"),
    ("торговая компания", "ТК"),
    ("транспортная компания", "ТК"),
    ("строительная компания", "СК"),
    ("управляющая компания", "УК"),
    ("группа компаний", "ГК"),
    ("национальная компания", "НК"),
    ("ұлттық компаниясы", "ҰК"),
    ("сауда үйі", "СҮ"),
)

# Letters that one office types with the Kazakh keyboard and another without it.
_PLAIN_LETTERS: Final = str.maketrans("ёәғқңөұүһі", "еагкноуухи")
_KEY_WORDS: Final = re.compile(r"[^\W_]+|[&+]")


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A legal form by its code, or ``None``, and the name proper without outer quotes.

    ``bare`` has its inner quotes as «…»; the written forms set them as each language does.
    """

    form: str | None
    bare: str

    @property
    def full(self) -> Localized:
        """«Общество с ограниченной ответственностью «Прогресс»», and so in each language."""
        return self._written({language: self._form_text("full", language) for language in LANGUAGES})

    @property
    def short(self) -> Localized:
        """ООО «Прогресс», «Прогресс» ЖШС, Progress LLC."""
        return self._written({language: self._form_text("short", language) for language in LANGUAGES})

    @property
    def badge(self) -> Localized:
        """The name proper, as short as the usual abbreviations make it; a sole trader keeps the form."""
        if self._legal_form and self._legal_form.is_person:
            return self.short
        return Localized({language: self._bare_in(language, shortened(self.bare)) for language in LANGUAGES})

    @property
    def identity_key(self) -> str:
        """Equal for all spellings of one company and for no two companies, as far as names can tell.

        Case, quotes, dashes, the language of the legal form and missing Kazakh letters do not matter;
        the form itself and the limits of words do: Технопарк-Трейд is not ТехнопаркТрейд.
        """
        words = _key_words(shortened(self.bare)) or [self.bare]
        return f"{self.form or ''}:{' '.join(words)}"

    @property
    def bare_key(self) -> str:
        """The name without the form, run together: for finding what may be meant, never for identity."""
        return "".join(_key_words(shortened(self.bare)))

    @property
    def _legal_form(self) -> LegalForm | None:
        return FORMS_BY_CODE[self.form] if self.form else None

    def _form_text(self, length: str, language: str) -> str:
        form = self._legal_form
        if form is None:
            return ""
        return (form.full if length == "full" else form.short).in_language(language)

    def _written(self, forms: dict[str, str]) -> Localized:
        return Localized({language: self._in_language(language, form) for language, form in forms.items()})

    def _in_language(self, language: str, form: str) -> str:
        if not form:
            return self._bare_in(language, self.bare)
        if language == "en" or form.isascii():
            return f"{self._bare_in(language, self.bare)} {form}"
        name = self._bare_in(language, self.bare if self._is_unquoted else f"«{self.bare}»")
        return f"{form} {name}" if language == "ru" else f"{name} {form}"

    @property
    def _is_unquoted(self) -> bool:
        """A person's own name takes no quotes, nor does a name that brings its own in front."""
        if self.bare.startswith("«"):
            return True
        person = parse_person_name(self.bare)
        return bool(self._legal_form and self._legal_form.is_person and person.patronymic)

    def _bare_in(self, language: str, bare: str) -> str:
        return in_style(to_latin(bare) if language == "en" else bare, language)


def shortened(bare: str) -> str:
    """``bare`` with the usual words in front as their abbreviation: НПО, ТД, ГК."""
    for words, abbreviation in _SHORTENED:
        if bare.casefold().startswith(words) and not bare[len(words) : len(words) + 1].isalnum():
            rest = bare[len(words) :].strip()
            return f"{abbreviation} {rest}" if rest else bare
    return bare


def _key_words(text: str) -> list[str]:
    plain = in_one_script(unicodedata.normalize("NFKC", text)).casefold().translate(_PLAIN_LETTERS)
    return _KEY_WORDS.findall(plain)


def _spellings() -> dict[str, str]:
    """Every spelling, as ``_spelled`` gives it, with its code; the first form that claims one has it."""
    found: dict[str, str] = {}
    for form in LEGAL_FORMS:
        for spelling in (*form.short.values(), *form.full.values(), *form.spellings):
            found.setdefault(_spelled(spelling), form.code)
    return found


def _spelled(spelling: str) -> str:
    return _GAPS.sub(" ", spelling.casefold())


def _any_of(spellings: Iterable[str]) -> str:
    longest_first = sorted(spellings, key=len, reverse=True)
    return "|".join(_GAPS.pattern.join(map(re.escape, spelling.split())) for spelling in longest_first)


_GAPS: Final = re.compile(r"[\s\-\u2013\u2014]+")
_CODES: Final = _spellings()
_IN_FRONT: Final = re.compile(rf"({_any_of(_CODES)})(?![\w-])[\s,.:]*", re.IGNORECASE)
_BEHIND: Final = re.compile(rf"(?<![\w-])[\s,(]*(?<![\w-])({_any_of(_CODES)})[\s.)]*$", re.IGNORECASE)


def parse_company_name(text: str) -> CompanyName:
    """The form and the name in ``text``, however spelled, quoted or cased.

    The form may stand in front (ООО «Прогресс») or behind («Прогресс» ЖШС, Progress LLC). Where
    nothing would remain of the name, the text as a whole is the name.
    """
    plain = unwrapped(canonical(in_one_script(tidy(text))))
    for found, rest in _candidates(plain):
        bare = _cleaned(rest)
        if _key_words(bare):
            return CompanyName(_CODES[_spelled(found)], bare)
    return CompanyName(None, _cleaned(plain) or tidy(text))


def named(form: str | None, text: str) -> CompanyName:
    """The name that somebody typed beside a form chosen from the list; the chosen one wins."""
    parsed = parse_company_name(text)
    return CompanyName(form, parsed.bare) if form in FORMS_BY_CODE else parsed


def find_form(text: str) -> str | None:
    """The code of the legal form that ``text`` as a whole is, in any language."""
    return _CODES.get(_spelled(tidy(text).strip(" «»\"'")))


def _candidates(plain: str) -> Iterable[tuple[str, str]]:
    front = _IN_FRONT.match(plain)
    if front:
        yield front.group(1), plain[front.end() :]
    behind = _BEHIND.search(plain)
    if behind:
        yield behind.group(1), plain[: behind.start()]


def _cleaned(rest: str) -> str:
    """Without outer quotes and stray marks; a name all in small letters begins with a large one."""
    bare = unwrapped(rest.strip(" ,;:–—-"))
    return bare[:1].upper() + bare[1:] if bare.islower() else bare
