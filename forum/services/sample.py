"""Writing the invented forum, whole, in one transaction."""

from __future__ import annotations

from sqlalchemy import select

from forum import clock
from forum.domain.localized import LANGUAGES
from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.models import Event
from forum.models.base import db
from forum.policy import Actor, require
from forum.sample.forum import CODE, sample_forum
from forum.sample.records import Forum, SignIn
from forum.sample.requests import HOURS_TO_ANSWER
from forum.services import (
    bulk,
    journal,
    sample_badges,
    sample_buses,
    sample_days,
    sample_decisions,
    sample_delegations,
    sample_designs,
    sample_drafts,
    sample_people,
    sample_printers,
    sample_privacy,
    sample_questions,
    sample_registration,
    sample_requests,
    sample_technopark,
    sample_visits,
    sample_wishes,
)
from forum.unit_of_work import transactional


@transactional
def load(*, actor: Actor, people: int, seed: int, password: str) -> tuple[SignIn, ...]:
    """Write the forum of ``sample_forum``; its accounts all get ``password``. Returns their sign-ins.

    Raises:
        ForumError: ``sample_is_there``.
    """
    require(actor, Permission.MANAGE_EVENT)
    if db.session.scalar(select(Event.id).where(Event.code == CODE)) is not None:
        raise ForumError("sample_is_there", event=CODE)
    forum = sample_forum(seed=seed, people=people, now=clock.now())
    event_id = _write(forum, password, seed)
    journal.record(actor=actor, action="sample_loaded", event_id=event_id, people=people, seed=seed)
    return forum.sign_ins


def _write(forum: Forum, password: str, seed: int) -> int:
    event_id = _event(forum)
    delegations = sample_people.delegations(event_id, forum)
    companies = sample_people.companies(event_id, forum, delegations)
    people = sample_people.people(event_id, forum, delegations, companies)
    places = sample_days.places(event_id, forum)
    rooms = sample_days.rooms(event_id, forum, places)
    sample_days.sessions(event_id, forum, rooms, people)
    sample_days.slots_and_tables(event_id, forum, rooms, companies)
    sample_days.requests(event_id, forum, companies, people)
    sample_requests.write(event_id, seed=seed)
    sites = sample_days.sites(event_id, forum, places, people)
    accounts = sample_people.accounts(event_id, forum, password, delegations, sites)
    sample_people.interpreters(event_id, forum, people, accounts)
    sample_registration.write(event_id, forum, delegations, people, seed=seed)
    sample_delegations.write(event_id, forum, people, accounts, seed=seed)
    sample_decisions.write(event_id)
    sample_badges.write(event_id, forum, people, seed=seed)
    sample_designs.write(event_id)
    sample_questions.questions(event_id)
    sample_drafts.write(event_id, seed=seed)
    sample_privacy.write(event_id, seed=seed)
    sample_printers.write(event_id)
    sample_buses.write(event_id)
    sample_wishes.write(event_id, seed=seed)
    sample_technopark.write(event_id, seed=seed)
    sample_visits.write(event_id)
    return event_id


def _event(forum: Forum) -> int:
    row = {
        "code": forum.code,
        "title": forum.title,
        "summary": forum.summary,
        "place": forum.place,
        "address": forum.address,
        "starts_on": forum.starts_on,
        "ends_on": forum.ends_on,
        "time_zone": forum.time_zone,
        "languages": list(LANGUAGES),
        "registration_opens_at": forum.registration.start,
        "registration_closes_at": forum.registration.end,
        "requests_open_at": forum.requesting.start,
        "requests_close_at": forum.requesting.end,
        "freeze_at": forum.freeze_at,
        "most_requests": 40,
        "request_expiry_hours": HOURS_TO_ANSWER,
        "catalogue_is_public": True,
        "contact_email": forum.contact_email,
        "contact_phone": forum.contact_phone,
    }
    return bulk.add(Event, [row])[0]
