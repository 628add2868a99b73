"""Members of a delegation: the short form at a desk, the whole one, and the one for a successor."""

from __future__ import annotations

from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import InputRequired

from forum.domain.consents import PURPOSES
from forum.domain.states import Category
from forum.i18n import language
from forum.web.forms.company_choice import CompanyChoiceFields
from forum.web.forms.person import (
    EmailFields,
    LanguageFields,
    NameFields,
    PhoneFields,
    PositionFields,
    SpokenFields,
)
from forum.web.forms.photos import PhotoFields
from forum.web.forms.profile import ProfileFields, ProfileForm
from forum.web.forms.typed import CheckboxesField, TextLine, one_of
from forum.web.words import CATEGORIES

_CHOOSE: Final = _l("Choose one of the list.")


class PaperConsentFields:
    """What the person has signed; nobody ticks it for them in advance."""

    purposes = CheckboxesField(
        _l("Signed on paper"),
        choices=lambda: [
            SelectChoice(code, purpose.label.in_language(language())) for code, purpose in PURPOSES.items()
        ],
    )


class NewMemberForm(
    NameFields,
    EmailFields,
    PhoneFields,
    PositionFields,
    SpokenFields,
    LanguageFields,
    CompanyChoiceFields,
    PaperConsentFields,
    ProfileFields,
):
    """The short form: what is known at a desk with a pile of lists."""

    category = SelectField(
        _l("Category"),
        choices=lambda: [SelectChoice(code.value, text) for code, text in CATEGORIES.items()],
        default=Category.DELEGATE.value,
        validators=[one_of(list(Category), _CHOOSE)],
        validate_choice=False,
    )
    is_another = BooleanField(_l("This is another person"))

    @property
    def chosen_category(self) -> Category:
        return Category(self.category.data or Category.DELEGATE)

    @staticmethod
    def category_title(category: Category) -> str:
        """What a category is called."""
        return str(CATEGORIES[category])


class MemberForm(ProfileForm, CompanyChoiceFields):
    """Everything of somebody. ``seen`` is what the editor saw, ``version`` which version that was."""

    version = HiddenField()
    seen = HiddenField()


class SuccessorForm(
    NameFields,
    EmailFields,
    PhoneFields,
    PositionFields,
    SpokenFields,
    LanguageFields,
    CompanyChoiceFields,
    PaperConsentFields,
    ProfileFields,
):
    """Who comes in somebody's place, and why."""

    reason = TextLine(_l("Reason"), [InputRequired(_l("Say why."))], most=300)
    version = HiddenField()


class MemberPhotoForm(PhotoFields, FlaskForm):
    version = HiddenField()


class AssignForm(FlaskForm):
    """Delegation and category of somebody."""

    delegation = SelectField(_l("Delegation"), validate_choice=False)
    category = SelectField(
        _l("Category"),
        choices=lambda: [SelectChoice(code.value, text) for code, text in CATEGORIES.items()],
        validators=[one_of(list(Category), _CHOOSE)],
        validate_choice=False,
    )
    version = HiddenField()

    def offer(self, delegations: Any) -> AssignForm:
        """Fill in the delegations that there are: pairs of id and title."""
        named = [SelectChoice(str(key), title.in_language(language())) for key, title in delegations]
        self.delegation.choices = [SelectChoice("", _("None")), *named]
        return self
