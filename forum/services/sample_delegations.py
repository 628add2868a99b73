"""What happened to the delegations of the invented forum, within ``sample.load``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any, Final

from forum import clock
from forum.domain.states import Category, RegistrationStatus
from forum.models import Replacement
from forum.sample.company_lists import ALMATY
from forum.sample.names import almaty_name
from forum.sample.records import Forum, Person
from forum.services import bulk

Ids = Mapping[Any, int]
_REASON: Final = {"ru": "командировка перенесена", "kk": "іссапары ауыстырылды", "en": "another journey"}


def write(event_id: int, forum: Forum, people: Ids, accounts: Ids, *, seed: int) -> None:
    """One of the guests comes in the place of somebody whose journey was put off."""
    person = _replaced(forum)
    coordinator = next(each for each in forum.sign_ins if each.delegation == ALMATY)
    bulk.add(
        Replacement,
        [
            {
                "event_id": event_id,
                "delegate_id": people[person.number],
                "former_name": almaty_name(Random(f"replaced {seed}")).name.full,
                "reason": _REASON[coordinator.language],
                "at": clock.now() - timedelta(days=2, hours=3),
                "account_id": accounts[coordinator.email],
            }
        ],
    )


def _replaced(forum: Forum) -> Person:
    return next(
        person
        for person in reversed(forum.people)
        if person.delegation == ALMATY
        and person.category is Category.DELEGATE
        and person.status is RegistrationStatus.APPROVED
    )
