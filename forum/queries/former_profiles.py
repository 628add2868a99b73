"""What somebody has said of themselves for an earlier forum: a start for the next one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select

from forum.domain.localized import Localized
from forum.domain.profile import Profile
from forum.models import Company, Delegate, Event
from forum.models.base import db
from forum.queries.profiles import profile_of


@dataclass(frozen=True)
class FormerProfile:
    """``profile`` is without what belongs to that forum alone: company, photo, arrival, departure.

    ``company_id`` is the same company in the forum at hand, None where it is not known there;
    ``company_name`` its name as it was written.
    """

    event_title: Localized
    profile: Profile
    company_id: int | None
    company_name: Localized


def of_account(*, account_id: int | None, event_id: int) -> FormerProfile | None:
    """The latest registration of the account in another forum, None without one."""
    if account_id is None:
        return None
    found = db.session.execute(
        select(Delegate, Event.title)
        .join(Event, Event.id == Delegate.event_id)
        .where(
            Delegate.account_id == account_id,
            Delegate.event_id != event_id,
            Delegate.accompanies_id.is_(None),
            Delegate.erased_at.is_(None),
        )
        .order_by(Event.starts_on.desc(), Delegate.id.desc())
        .limit(1)
    ).first()
    if found is None:
        return None
    row, title = found
    former = row.company
    return FormerProfile(
        event_title=title,
        profile=replace(profile_of(row), company_id=None, photo_id=None, arrives_at=None, leaves_at=None),
        company_id=_here(former, event_id) if former else None,
        company_name=former.short_name if former else Localized(),
    )


def _here(company: Company, event_id: int) -> int | None:
    return db.session.scalar(
        select(Company.id).where(Company.event_id == event_id, Company.identity_key == company.identity_key)
    )
