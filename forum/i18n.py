"""The language of a page: asked for, remembered, the account's, the browser's, else Russian."""

from __future__ import annotations

from typing import Final

from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request
from flask_babel import Domain, get_locale
from flask_login import current_user

from forum.catalogues import catalogue
from forum.domain.localized import LANGUAGES
from forum.extensions import babel

COOKIE: Final = "language"
OWN_NAMES: Final = (("ru", "Русский"), ("kk", "Қазақша"), ("en", "English"))


class FeatureCatalogues(Domain):
    """Flask-Babel's texts, taken from the catalogues of all features."""

    def get_translations(self) -> Translations | NullTranslations:
        locale = get_locale()
        return catalogue(locale.language) if locale else NullTranslations()


def language() -> str:
    """The language of the page under way: ``ru``, ``kk`` or ``en``."""
    locale = get_locale()
    return locale.language if locale else LANGUAGES[0]


def register_i18n(app: Flask) -> None:
    babel.init_app(app, default_locale=LANGUAGES[0], default_timezone="UTC", locale_selector=_select_language)
    # Flask-Babel looks its domain up once in this attribute: it is where another source of texts fits.
    babel.domain_instance = FeatureCatalogues()


def _select_language() -> str:
    if not has_request_context():
        return LANGUAGES[0]
    account_language = current_user.language if current_user.is_authenticated else None
    for wanted in (request.args.get("lang"), request.cookies.get(COOKIE), account_language):
        if wanted in LANGUAGES:
            return str(wanted)
    event = g.get("event")
    offered = event.languages if event is not None else LANGUAGES
    return request.accept_languages.best_match(offered) or offered[0]
