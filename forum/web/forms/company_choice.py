"""A company in a form: one of those known, or a new one that is typed."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, ValidationError

from forum.domain.company_names import CompanyName, parse_company_name
from forum.domain.folding import fold
from forum.domain.localized import Localized
from forum.domain.typed_text import is_nothing
from forum.queries import company_search
from forum.queries.company_names import short_names, with_name
from forum.queries.company_search import CompanyHit
from forum.queries.events import EventView
from forum.web.forms.typed import TextLine
from forum.web.numbers import row_number
from forum.web.profile_words import FIELD_TITLES


class CompanyChoiceFields:
    """A base of forms beside ``FlaskForm``; ``_macros/companies.html`` draws it, with ``hits``.

    With a script both fields say the same. Without one the text may have been changed under a number that
    stayed: the number counts only where the text is its company's name, or where ``offered`` says that the
    number was chosen among the ``hits`` for that text.
    """

    event: EventView

    company_id = HiddenField()
    company = TextLine(FIELD_TITLES["company_id"], most=200)
    offered = HiddenField()
    is_new_company = BooleanField(_l("None of these: it is a new company"))

    hits: tuple[CompanyHit, ...] = ()
    chosen_company_id: int | None = None
    new_company: CompanyName | None = None

    def validate_company(self, field: Any) -> None:
        """Find what is meant; several that may be meant are offered."""
        typed = field.data or ""
        if is_nothing(typed):
            return
        if self._is_number_meant(typed):
            return
        name = parse_company_name(typed)
        if not fold(name.bare):
            raise ValidationError(_("Write the name of the company."))
        self.chosen_company_id = with_name(event_id=self.event.id, identity_key=name.identity_key)
        if self.chosen_company_id is not None:
            return
        if self.is_new_company.data:
            self.new_company = name
            return
        self.hits = company_search.find(self.event.id, typed)
        if self.hits:
            raise ValidationError(_("Choose one of these companies, or say that it is a new one."))
        self.new_company = name

    def _is_number_meant(self, typed: str) -> bool:
        try:
            wanted = row_number(self.company_id.data or "0")
        except ValueError:
            return False
        name = short_names(event_id=self.event.id, ids=[wanted]).get(wanted)
        if name is None or not (self.offered.data or typed in _spellings(name)):
            return False
        self.chosen_company_id = wanted
        return True


def company_data(event_id: int, company_id: int | None, language: str) -> dict[str, Any]:
    """What the fields show of the company with that id."""
    names = short_names(event_id=event_id, ids=[company_id])
    name = names.get(company_id or 0)
    return {"company_id": company_id or "", "company": name.in_language(language) if name else ""}


def _spellings(name: Localized) -> set[str]:
    return set(name.values())
