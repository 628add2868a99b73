"""A visit to a host with a form for its gate, shared by the tests of the list and of its mail."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import Final

from openpyxl import load_workbook

from forum.domain.identity_documents import DocumentKind, IdentityData
from forum.domain.roles import Role
from forum.models import Account, Delegate, Event, Site, Visit
from forum.policy import SYSTEM
from forum.queries import access_lists as known
from forum.sample.host_templates import FIRST_ROW, TITLE, access_list_form
from forum.services import access_lists, host_templates, identity_documents, visits
from forum.services.access_lists import Made
from tests import cast, factories
from tests.factories import given

NUMBER: Final = "9073516"
REASON: Final = "Заявка на проходную"
RULES: Final = {"id_fields": ["document_number", "birth_date"], "cut_off_hours": 24, "kept_days": 1}


@dataclass(frozen=True)
class Trip:
    """A visit whose host has a form; three people have a seat, and two of them entered a document."""

    event: Event
    site: Site
    visit: Visit
    people: tuple[Delegate, ...]
    officer: Account

    def enter(self, person: Delegate, number: str) -> None:
        data = IdentityData(kind=DocumentKind.RU_FOREIGN, number=f"71 {number}", birth_date=date(1981, 3, 14))
        identity_documents.enter(actor=SYSTEM, event_id=self.event.id, delegate_id=person.id, data=data)

    def make(self) -> Made:
        return access_lists.make(actor=SYSTEM, event_id=self.event.id, visit_id=self.visit.id)

    def send(self, list_id: int) -> None:
        access_lists.mark_sent(actor=SYSTEM, event_id=self.event.id, list_id=list_id)

    def hand_out(self, list_id: int, reason: str = REASON) -> list[list[object]]:
        """The rows of the workbook."""
        actor = cast.actor(Role.PROTOCOL, event_id=self.event.id)
        file = access_lists.hand_out(actor=actor, event_id=self.event.id, list_id=list_id, reason=reason)
        page = load_workbook(io.BytesIO(file.content))[TITLE]
        rows = (
            [cell.value for cell in row] for row in page.iter_rows(min_row=FIRST_ROW, max_row=FIRST_ROW + 9)
        )
        return [row for row in rows if row[0]]


def gate_trip() -> Trip:
    """A visit tomorrow to a host with a form, written into the tables."""
    event = given(factories.event)
    site = given(factories.site, event=event, rules=RULES, contact="gate@park.example")
    visit = given(factories.visit, event=event, site=site)
    people = tuple(
        given(factories.delegate, event=event, family_name=name, given_name="А.", patronymic=None)
        for name in ("Аистов", "Бобров", "Волков")
    )
    host_templates.put(
        actor=SYSTEM, event_id=event.id, site_id=site.id, content=access_list_form(), name="форма.xlsx"
    )
    _map(event, site)
    trip = Trip(event, site, visit, people, cast.account(Role.PROTOCOL, event_id=event.id))
    for person in people:
        visits.sign_up(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=person.id)
    for person, number in zip(people[:2], (NUMBER, "5550001"), strict=True):
        trip.enter(person, number)
    return trip


def _map(event: Event, site: Site) -> None:
    found = known.template(event_id=event.id, site_id=site.id)
    assert found is not None
    host_templates.set_layout(
        actor=SYSTEM, event_id=event.id, site_id=site.id, template_id=found.file_id, layout=found.layout
    )
