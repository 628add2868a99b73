"""Letters that say what is missing: to the person, or to whoever speaks for people without an address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from forum import config
from forum.catalogues import text_in
from forum.domain.readiness import FIELDS, TO_DO, Need
from forum.domain.roles import Role
from forum.domain.salutations import salutation_of
from forum.models import Account, Delegate, Grant
from forum.models.base import db
from forum.queries.events import EventView
from forum.queries.people import full_name
from forum.queries.readiness import Readiness


@dataclass(frozen=True)
class Letter:
    """One mail. ``about`` is the person's number, or ``list`` for those of a delegation."""

    about: str
    recipient: str
    reader: str  # as the mail greets them
    language: str
    subject: str
    body: str
    people: tuple[Readiness, ...]
    account_id: int | None = None


@dataclass(frozen=True)
class _Reader:
    email: str
    name: str
    language: str
    account_id: int | None = None


def written(
    event: EventView, people: Sequence[Readiness]
) -> tuple[tuple[Letter, ...], tuple[Readiness, ...]]:
    """One letter for each person who can be written to, one list for each coordinator of the others; and
    those for whom nobody reads mail. Two statements.
    """
    aides = _aides(people)
    letters: list[Letter] = []
    others: dict[int | None, list[Readiness]] = defaultdict(list)
    for person in people:
        reader = aides.get(person.aide_id or 0) or _own(person)
        if reader is None:
            others[person.delegation_id].append(person)
        else:
            letters.append(_personal(event, person, reader))
    coordinators = _coordinators(others)
    unreachable: list[Readiness] = []
    for delegation_id, members in others.items():
        readers = coordinators.get(delegation_id or 0, ())
        letters += (_list(event, members, reader) for reader in readers)
        unreachable += () if readers else members
    return tuple(letters), tuple(unreachable)


def steps(person: Readiness, language: str) -> tuple[str, ...]:
    """What ``person`` lacks, each as the line of a list in ``language``."""
    return tuple(_step(person, need, language) for need in person.missing)


def _step(person: Readiness, need: Need, language: str) -> str:
    line = TO_DO[need].in_language(language)
    if need is Need.PROFILE:
        return f"{line}: {', '.join(FIELDS[name].in_language(language) for name in person.fields)}"
    if need is Need.QUESTIONS:
        return f"{line}: {'; '.join(title.in_language(language) for title in person.questions)}"
    return line


def _personal(event: EventView, person: Readiness, reader: _Reader) -> Letter:
    language = reader.language
    forum = event.title.in_language(language)
    body = (
        salutation_of(reader.name, language),
        text_in(
            language, "to be ready for %(forum)s, %(person)s still has to:", forum=forum, person=person.name
        ),
        "\n".join(f"• {step}" for step in steps(person, language)),
        text_in(language, "All of it can be done here: %(url)s", url=_cabinet(event)),
    )
    return Letter(
        about=str(person.delegate_id),
        recipient=reader.email,
        reader=reader.name,
        language=language,
        subject=text_in(language, "Still missing before the forum: %(forum)s", forum=forum),
        body="\n\n".join(body),
        people=(person,),
    )


def _list(event: EventView, members: Sequence[Readiness], reader: _Reader) -> Letter:
    language = reader.language
    forum = event.title.in_language(language)
    lines = (
        f"{person.name}\n" + "\n".join(f"  • {step}" for step in steps(person, language))
        for person in members
    )
    body = (
        salutation_of(reader.name, language),
        text_in(
            language,
            "these people have no e-mail address, so you do this for them to be ready for %(forum)s:",
            forum=forum,
        ),
        "\n\n".join(lines),
        text_in(language, "Your readiness board: %(url)s", url=_board(event, members[0].delegation_id)),
    )
    return Letter(
        about="list",
        recipient=reader.email,
        reader=reader.name,
        language=language,
        subject=text_in(language, "Still missing in your delegation: %(forum)s", forum=forum),
        body="\n\n".join(body),
        people=tuple(members),
        account_id=reader.account_id,
    )


def _own(person: Readiness) -> _Reader | None:
    return _Reader(person.email, person.greeted, person.language) if person.email else None


def _aides(people: Iterable[Readiness]) -> Mapping[int, _Reader]:
    """Whoever is reached through an aide gets no mail of their own."""
    wanted = {person.aide_id for person in people if person.aide_id is not None}
    rows = db.session.scalars(select(Delegate).where(Delegate.id.in_(wanted), Delegate.email.is_not(None)))
    return {
        row.id: _Reader(
            row.email or "", full_name(row.given_name, row.patronymic) or row.family_name, row.language
        )
        for row in rows
    }


def _coordinators(delegation_ids: Iterable[int | None]) -> Mapping[int, list[_Reader]]:
    found: dict[int, list[_Reader]] = defaultdict(list)
    rows = db.session.execute(
        select(Grant.delegation_id, Account)
        .join(Account, Account.id == Grant.account_id)
        .where(
            Grant.role == Role.COORDINATOR,
            Grant.delegation_id.in_([key for key in delegation_ids if key is not None]),
            Account.is_active,
        )
        .order_by(Account.id)
    )
    for delegation_id, row in rows:
        found[delegation_id or 0].append(_Reader(row.email, row.name, row.language, row.id))
    return found


def _cabinet(event: EventView) -> str:
    return f"{config.in_force().base_url}/e/{event.code}/my/profile"


def _board(event: EventView, delegation_id: int | None) -> str:
    return f"{config.in_force().base_url}/e/{event.code}/desk/delegations/{delegation_id}/readiness"
