"""People who change their own registration, with a company that may be new to the forum."""

from __future__ import annotations

from dataclasses import replace

from forum.domain.company_names import parse_company_name
from forum.domain.profile import Profile
from forum.policy import Actor
from forum.services import companies, profiles
from forum.services.profiles import Changed
from forum.unit_of_work import transactional


@transactional
def change(
    *,
    actor: Actor,
    event_id: int,
    delegate_id: int,
    version: int,
    profile: Profile,
    new_company: str | None = None,
) -> Changed:
    """As ``profiles.change``; ``new_company`` is the name of one that the forum may not know yet.

    Raises:
        NotAllowedError, StaleError, ForumError: as ``profiles.change``; ``company_name_missing``.
    """
    profiles.editable(actor, event_id, delegate_id)
    if new_company:
        name = parse_company_name(new_company)
        company_id = companies.find_or_make(actor=actor, event_id=event_id, name=name)
        profile = replace(profile, company_id=company_id)
    return profiles.change(
        actor=actor, event_id=event_id, delegate_id=delegate_id, version=version, profile=profile
    )
