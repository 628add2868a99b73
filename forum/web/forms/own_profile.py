"""The forms of the cabinet: the own profile, the own photo."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField
from wtforms.validators import DataRequired, Optional
from wtforms.widgets import HiddenInput

from forum.domain.admissions import Rules
from forum.queries import company_search
from forum.queries.company_search import CompanyHit
from forum.queries.events import EventView
from forum.queries.own_registrations import OwnRegistration
from forum.services.own_registrations import REPLY_LENGTH
from forum.web.filters import localized
from forum.web.forms.photos import PhotoFields
from forum.web.forms.profile import ProfileForm, data_of
from forum.web.forms.typed import TextLine, TextLines
from forum.web.numbers import row_number


class HiddenNumber(IntegerField):
    """The number of a row, or of a version. Nonsense, which no honest form sends, is no number."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            self.data = row_number(valuelist[0]) if valuelist else None
        except ValueError:
            self.data = None


class OwnPhotoForm(PhotoFields, FlaskForm):
    """Meant for the version that its sender saw."""

    version = HiddenNumber()


class AnswerForm(FlaskForm):
    """What one says to a question of the organisers."""

    reply = TextLines(_l("Your answer"), [DataRequired(_l("Write an answer."))], most=REPLY_LENGTH)


class WithdrawalForm(FlaskForm):
    """Why one does not come after all, for whoever wants to say it."""

    reason = TextLines(_l("Why you do not come"), [Optional()], most=500)


class OwnProfileForm(ProfileForm):
    """A profile with its company: chosen from those known, kept, or new."""

    version = HiddenNumber()
    company = TextLine(_l("Company"), most=300)
    company_id = HiddenNumber()
    is_new_company = BooleanField(_l("My company is not among these: add it as I have written it"))

    hits: tuple[CompanyHit, ...] = ()
    needs_company = False

    def follow(self, event: EventView, rules: Rules) -> OwnProfileForm:
        """As ``prepare``, and leave the company out where it is not asked."""
        self.prepare(event, rules)
        self.needs_company = rules.requires("company")
        if not rules.asks("company"):
            for name in ("company", "company_id", "is_new_company"):
                del self[name]
        return self

    def settle_company(self, own: OwnRegistration) -> bool:
        """Find out which company is meant; False where its field has an error now.

        A number comes from the list of hits, so it wins over the text beside it.
        """
        if "company" not in self or self._is_unchanged(own) or self.company_id.data:
            return True
        if not self.company.data:
            return self._refuse(_("Enter the company.")) if self.needs_company else True
        self.hits = company_search.find(self.event.id, self.company.data)
        if self.hits and not self.is_new_company.data:
            return self._refuse(_("Choose the company you mean."))
        return True

    def chosen_company(self, own: OwnRegistration) -> int | None:
        """The number of the company once ``settle_company`` has found it; a new one has none yet."""
        if "company" not in self or self._is_unchanged(own):
            return own.profile.company_id
        number: int | None = self.company_id.data
        return number

    def new_company(self, own: OwnRegistration) -> str | None:
        """The name of a company to be added."""
        if "company" not in self or self._is_unchanged(own) or self.company_id.data:
            return None
        return self.company.data or None

    def _is_unchanged(self, own: OwnRegistration) -> bool:
        return not self.company_id.data and self.company.data == company_now(own)

    def _refuse(self, sentence: str) -> bool:
        self.company.errors = [*self.company.errors, sentence]
        return False


def own_data(own: OwnRegistration, event: EventView) -> dict[str, Any]:
    """What the form of the profile shows."""
    return {
        **data_of(own.profile, event.zone),
        "version": own.version,
        "company": company_now(own),
    }


def company_now(own: OwnRegistration) -> str:
    """The name of the company as the form shows it."""
    return localized(own.companies.get(own.profile.company_id)) if own.profile.company_id else ""
