"""The hash of a paper changes exactly with what is printed."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from forum.printing.agendas import agendas_pdf
from forum.printing.documents import AgendaDay, AgendaDocument, AgendaEntry, BadgeDocument, content_hash
from forum.printing.pdf import badges_pdf
from forum.printing.sheets import SHEETS
from tests.printing.papers import agenda, badge, entry

OTHER_LANGUAGE = {"language": "kk", "category": "press", "kind": "visit"}
FULL_ENTRY = entry(
    title="Открытие",
    place="Зал",
    with_whom="Әсел",
    company="АҚ",
    table="7",
    interpreter="Сәуле",
    note="Паспорт",
)


def full_agenda(of: AgendaEntry = FULL_ENTRY) -> AgendaDocument:
    return agenda(days=(AgendaDay(date_label="Среда", entries=(of,)),))


def changed(document: Any, name: str) -> Any:
    value = getattr(document, name)
    others: dict[type, Any] = {
        str: f"{value}1",
        int: 7,
        tuple: value[:-1] if isinstance(value, tuple) else (),
    }
    return replace(document, **{name: OTHER_LANGUAGE.get(name, others[type(value)])})


DRESS = ("revision", "design", "photo", "back")  # see test_designs.py


@pytest.mark.parametrize("name", [each.name for each in fields(BadgeDocument) if each.name not in DRESS])
def test_every_field_of_a_badge_is_printed_and_hashed(name: str) -> None:
    other = changed(badge(), name)
    assert content_hash(other) != content_hash(badge())
    assert badges_pdf([other], SHEETS["a6"]) != badges_pdf([badge()], SHEETS["a6"])


@pytest.mark.parametrize(
    "name", [each.name for each in fields(AgendaDocument) if each.name not in ("revision", "printed_label")]
)
def test_every_field_of_an_agenda_is_printed_and_hashed(name: str) -> None:
    other = changed(full_agenda(), name)
    assert content_hash(other) != content_hash(full_agenda())
    assert agendas_pdf([other]) != agendas_pdf([full_agenda()])


@pytest.mark.parametrize("name", [each.name for each in fields(AgendaEntry)])
def test_every_field_of_an_entry_is_printed_and_hashed(name: str) -> None:
    other = full_agenda(changed(FULL_ENTRY, name))
    assert content_hash(other) != content_hash(full_agenda())
    assert agendas_pdf([other]) != agendas_pdf([full_agenda()])


def test_stamps_are_printed_but_not_hashed() -> None:
    assert content_hash(badge(revision=9)) == content_hash(badge())
    assert content_hash(agenda(revision=9, printed_label="сейчас")) == content_hash(agenda())


def test_the_hash_is_the_same_tomorrow() -> None:
    """Papers that lie in a drawer are compared with it, so it may not depend on the process."""
    assert content_hash(badge()) == "145e997bf96919b72e268dc718c7027524100cc2be0033cc875e3b6783a904ba"
