"""What refusals, the journal and the forms say of companies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from forum import sentences
from forum.domain.company_profile import CompanyProfile
from forum.domain.company_sizes import COMPANY_SIZES
from forum.domain.legal_forms import FORMS_BY_CODE
from forum.domain.localized import LANGUAGES, Localized
from forum.i18n import language
from forum.web import journal_sentences
from forum.web.filters import region, sector

FIELD_TITLES: Final[Mapping[str, Any]] = {
    "legal_form": _l("Legal form"),
    "bare_name": _l("Name without the form"),
    "full_name": _l("Full name"),
    "short_name": _l("Short name"),
    "badge_name": _l("Name on badges"),
    "delegation_id": _l("Delegation"),
    "town": _l("Town"),
    "region": _l("Region"),
    "sectors": _l("Sectors"),
    "offers": _l("Offers"),
    "offer_sectors": _l("Sectors of what is offered"),
    "seeks": _l("Seeks"),
    "seek_sectors": _l("Sectors of what is sought"),
    "size": _l("Size"),
    "website": _l("Website"),
    "about": _l("About the company"),
}
LACKS: Final[Mapping[str, Any]] = {
    "sectors": _l("no sector"),
    "offers": _l("offers nothing yet"),
    "seeks": _l("seeks nothing yet"),
    "size": _l("no size"),
    "delegation": _l("no delegation"),
    "people": _l("nobody comes"),
    "names": _l("a name is missing"),
}

sentences.register(
    {
        "bad_website": _l("Enter the address of a site such as www.example.org."),
        "company_is_there": _l("%(name)s is in the list already. If both are one, make them one."),
        "company_name_missing": _l("Write the name of the company in letters or digits."),
        "company_stale": _l("Somebody has changed this company meanwhile. Look at it again."),
        "vip_stale": _l("Somebody has changed this person meanwhile. Look again, then save."),
        "merge_has_meetings": _l(
            "Both have asked for the same meeting, and it stands in a schedule. Take it out there first."
        ),
        "merge_with_itself": _l("Choose another company to make one with this."),
        "no_such_aide": _l("Nobody here has a badge with the number %(number)s, or it is the person’s own."),
        "no_such_category": _l("Choose from the lists only."),
        "no_such_code": _l("Choose from the lists only."),
    }
)
journal_sentences.register(
    {
        "companies_merged": (
            _l("Companies made one"),
            _l("%(other)s was made one company with %(subject)s."),
        ),
        "companies_parted": (
            _l("Companies parted"),
            _l("%(other)s was parted from %(subject)s again."),
        ),
        "orders_fallen": (
            _l("Orders of meetings fallen away"),
            _l("%(subject)s has become one with another company. Orders that no longer hold: %(count)s."),
        ),
        "company_changed": (_l("Company changed"), _l("The details of %(subject)s were changed.")),
        "company_made": (_l("Company added"), _l("The company %(subject)s was added.")),
        "vip_marked": (_l("VIP named"), _l("%(subject)s is a VIP now.")),
        "vip_unmarked": (_l("VIP no longer"), _l("%(subject)s is no longer a VIP.")),
        "catalogue_set": (_l("Catalogue set"), _l("Who sees the catalogue was changed.")),
    }
)


def merged_text(fallen_orders: int) -> str:
    """That two companies are one, and how many orders of meetings that has cost."""
    done = _("The two are one company now.")
    fallen = ngettext(
        "%(num)s order of meetings no longer holds.",
        "%(num)s orders of meetings no longer hold.",
        fallen_orders,
    )
    return f"{done} {fallen}" if fallen_orders else done


def said_of(profile: CompanyProfile, field: str, delegations: Mapping[int, Localized]) -> str:
    """A field of a company in the reader's words."""
    value = getattr(profile, field)
    if isinstance(value, Localized):
        return " · ".join(f"{code}: {value[code]}" for code in LANGUAGES if value.get(code))
    if isinstance(value, tuple):
        return ", ".join(sector(code) for code in value)
    if field == "legal_form" and value in FORMS_BY_CODE:
        return FORMS_BY_CODE[value].short.in_language(language())
    if field == "delegation_id":
        return delegations.get(value, Localized()).in_language(language())
    if field == "size" and value in COMPANY_SIZES:
        return COMPANY_SIZES.title(value).in_language(language())
    return region(value) if field == "region" and value else value or ""
