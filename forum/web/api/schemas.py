"""What programs send and get. Names are those of ``domain.profile``; instants are UTC."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields, validate

from forum.domain.company_sizes import COMPANY_SIZES
from forum.domain.languages import LANGUAGES_SPOKEN
from forum.domain.legal_forms import FORMS_BY_CODE
from forum.domain.localized import LANGUAGES
from forum.domain.regions import REGIONS
from forum.domain.sectors import SECTORS
from forum.domain.states import Category, RegistrationStatus, Visibility
from forum.web.api.fields import Email, LongText, Phone, RowId, Text, code_of, localized

_MOST_PER_PAGE: Final = 200
_SECTORS: Final = [term.code for term in SECTORS]
_LANGUAGES: Final = [term.code for term in LANGUAGES_SPOKEN]
_REGIONS: Final = [term.code for term in REGIONS]
_SIZES: Final = [term.code for term in COMPANY_SIZES]
_STATUSES: Final = [status.value for status in RegistrationStatus]
_CATEGORIES: Final = [category.value for category in Category]


class Problem(Schema):
    """Why a request was not carried out. ``errors``: what is wrong with which field."""

    code = fields.String(required=True)
    message = fields.String(required=True)
    errors = fields.Dict()


class PageQuery(Schema):
    """Which page of a list."""

    page = fields.Integer(load_default=1, validate=validate.Range(min=1, max=1_000_000))
    page_size = fields.Integer(load_default=50, validate=validate.Range(min=1, max=_MOST_PER_PAGE))


class RegistrationQuery(PageQuery):
    """Which registrations. ``changed_since`` and the order by id allow a copy to be kept up to date."""

    status = code_of(_STATUSES)
    category = code_of(_CATEGORIES)
    delegation_id = RowId()
    company_id = RowId()
    changed_since = fields.AwareDateTime(format="iso")
    q = Text(most=200, metadata={"description": "Words of the name, in any script."})


class CompanyQuery(PageQuery):
    """Which companies."""

    sector = code_of(_SECTORS)
    q = Text(most=200, metadata={"description": "Words of the name, in any script."})


class ProfileFields(Schema):
    """What a person says of themselves."""

    family_name = Text(most=80, least=1)
    given_name = Text(most=80)
    patronymic = Text(most=80, allow_none=True)
    latin_family_name = Text(most=80, allow_none=True)
    latin_given_name = Text(most=80, allow_none=True)
    company_id = RowId(allow_none=True)
    position = localized()
    email = Email(most=254, allow_none=True)
    phone = Phone(most=40, allow_none=True)
    phone_extension = Text(most=10, allow_none=True)
    town = Text(most=80, allow_none=True)
    region = code_of(_REGIONS, allow_none=True)
    spoken = fields.List(code_of(_LANGUAGES), validate=validate.Length(max=len(_LANGUAGES)))
    language = code_of(LANGUAGES)
    diet = Text(most=200, allow_none=True)
    access_needs = Text(most=500, allow_none=True)
    arrives_at = fields.AwareDateTime(format="iso", allow_none=True)
    leaves_at = fields.AwareDateTime(format="iso", allow_none=True)
    visibility = fields.Enum(Visibility, by_value=True)


class RegistrationIn(ProfileFields):
    """A new registration. The rules of its category say whether it is approved, waits or is to be decided."""

    family_name = Text(most=80, least=1, required=True)
    category = fields.Enum(Category, by_value=True, load_default=Category.DELEGATE)
    delegation_id = RowId(allow_none=True, load_default=None)


class RegistrationChange(ProfileFields):
    """What is to be changed, and the version of the registration that it was decided upon."""

    version = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=2**31 - 1))


class DecisionIn(Schema):
    """What is decided on a registration.

    ``reason`` is read by its owner, and needed to decline or to ask back. ``override`` says why somebody
    gets in although no place is left; organisers read it. With ``version`` the decision holds only for
    that version.
    """

    status = code_of(_STATUSES, required=True)
    reason = LongText(most=1000, load_default="")
    override = LongText(most=1000, load_default="")
    version = fields.Integer(strict=True, validate=validate.Range(min=1, max=2**31 - 1))


class RegistrationOut(Schema):
    """A registration. Meals and access needs are there for tokens that may manage registrations."""

    id = fields.Integer(required=True)
    number = fields.Integer(required=True)
    status = fields.String(required=True)
    category = fields.String(required=True)
    profile = fields.Nested(ProfileFields, required=True)
    company = localized(allow_none=True)
    delegation_id = fields.Integer(allow_none=True)
    delegation = localized(allow_none=True)
    created_at = fields.AwareDateTime(format="iso", required=True)
    updated_at = fields.AwareDateTime(format="iso", required=True)
    version = fields.Integer(required=True)


class CompanyChange(Schema):
    """What is to be changed of a company, and the version that it was decided upon."""

    version = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=2**31 - 1))
    town = Text(most=80, allow_none=True)
    region = code_of(_REGIONS, allow_none=True)
    sectors = fields.List(code_of(_SECTORS), validate=validate.Length(max=len(_SECTORS)))
    offers = LongText(most=2000, allow_none=True)
    seeks = LongText(most=2000, allow_none=True)
    offer_sectors = fields.List(code_of(_SECTORS), validate=validate.Length(max=len(_SECTORS)))
    seek_sectors = fields.List(code_of(_SECTORS), validate=validate.Length(max=len(_SECTORS)))
    size = code_of(_SIZES, allow_none=True)
    website = Text(most=200, allow_none=True)
    about = localized()


class CompanyIn(Schema):
    """A new company, or the one that is known under another spelling of the name."""

    name = Text(most=200, least=1, required=True)
    legal_form = code_of(FORMS_BY_CODE, allow_none=True, load_default=None)


class CompanyOut(CompanyChange):
    """A company."""

    id = fields.Integer(required=True)
    legal_form = fields.String(allow_none=True)
    full_name = localized(required=True)
    short_name = localized(required=True)
    badge_name = localized(required=True)
    delegation_id = fields.Integer(allow_none=True)
    updated_at = fields.AwareDateTime(format="iso", required=True)


class DelegationOut(Schema):
    """A delegation with how many people it has, by what became of their registrations."""

    id = fields.Integer(required=True)
    title = localized(required=True)
    is_host = fields.Boolean(required=True)
    places = fields.Integer(allow_none=True)
    approved = fields.Integer(required=True)
    applied = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    arrived = fields.Integer(required=True)


class EventOut(Schema):
    """The forum that the token is for."""

    code = fields.String(required=True)
    title = localized(required=True)
    place = localized(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    time_zone = fields.String(required=True, attribute="zone.key")
    languages = fields.List(fields.String(), required=True)
    registration_opens_at = fields.AwareDateTime(format="iso", allow_none=True)
    registration_closes_at = fields.AwareDateTime(format="iso", allow_none=True)


def page_of(schema: type[Schema], name: str) -> type[Schema]:
    """The schema of a page whose rows are ``schema``."""
    return Schema.from_dict(
        {
            "rows": fields.List(fields.Nested(schema), required=True),
            "total": fields.Integer(required=True),
            "number": fields.Integer(required=True),
            "pages": fields.Integer(required=True),
        },
        name=name,
    )
