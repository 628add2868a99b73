"""The people of a list as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from flask_babel import gettext as _

from forum.domain.localized import Localized
from forum.domain.states import QuestionKind
from forum.i18n import language
from forum.queries.answers import AnswerTable
from forum.queries.delegates import DelegateView
from forum.scheduling.assignment.problem import MOST_CHOICES
from forum.web.answering import said
from forum.web.filters import localized, spoken
from forum.web.words import CATEGORIES, STATUSES
from forum.workbooks.writing import SheetToWrite, Value, write_workbook


def delegate_workbook(
    people: Iterable[DelegateView], answers: AnswerTable, wishes: Mapping[int, tuple[Localized, ...]]
) -> bytes:
    """An .xlsx with one row a person, in the order given, and one column a question of the forum.

    ``wishes`` are names of visits by person; where nobody has any, there are no columns for them.
    """
    choices = (_("First choice of visit"), _("Second choice of visit"), _("Third choice of visit"))
    headers = (
        _("No."),
        _("Name"),
        _("Name in Latin letters"),
        _("Company"),
        _("Position"),
        _("Delegation"),
        _("Category"),
        _("Status"),
        _("Town"),
        _("Speaks"),
        _("Phone"),
        _("E-mail"),
        _("Meals"),
        *(choices if wishes else ()),
        *(localized(column.spec.title) for column in answers.columns),
    )
    rows = [(*_row(person), *_wished(person, wishes), *_answers(person, answers)) for person in people]
    return write_workbook([SheetToWrite(_("Delegates"), headers, rows)])


def _wished(person: DelegateView, wishes: Mapping[int, tuple[Localized, ...]]) -> Iterator[Value]:
    named = [localized(name) for name in wishes.get(person.id, ())]
    if wishes:
        yield from (*named, *[None] * (MOST_CHOICES - len(named)))


def _answers(person: DelegateView, answers: AnswerTable) -> Iterator[Value]:
    given = answers.rows.get(person.id, {})
    for column in answers.columns:
        value = given.get(column.question_id)
        is_number = column.spec.kind is QuestionKind.NUMBER and value is not None
        yield float(str(value)) if is_number else said(column.spec, value)


def _row(person: DelegateView) -> tuple[Value, ...]:
    reader = language()
    return (
        person.number,
        person.name,
        person.latin_name,
        person.company.in_language(reader),
        person.position.in_language(reader),
        person.delegation.in_language(reader),
        str(CATEGORIES[person.category]),
        str(STATUSES[person.status]),
        person.town,
        ", ".join(spoken(code) for code in person.spoken),
        " ".join(filter(None, (person.phone, person.phone_extension))),
        person.email,
        person.diet,
    )
