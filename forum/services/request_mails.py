"""What is written to people about requests: one mail each, however many requests it tells of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Final

from forum import config, mail
from forum.catalogues import text_in
from forum.domain.states import RequestRank, RequestStatus
from forum.models import Delegate, Event, Request
from forum.models.base import db
from forum.queries import addressees, request_sides
from forum.queries.addressees import Addressee
from forum.queries.people import full_name
from forum.queries.request_sides import Side

_KIND: Final = "request"
_PATHS: Final = {"sender": "sent", "receiver": "received"}


class Heard(StrEnum):
    """Which side of a request is written to."""

    SENDER = "sender"
    RECEIVER = "receiver"


BOTH: Final = (Heard.SENDER, Heard.RECEIVER)


def write(rows: Sequence[Request], *, heard: Sequence[Heard], entry_id: int) -> None:
    """Within a command: tell those whom ``rows``, all in the same state, concern on these sides.

    Args:
        entry_id: the journal's line that makes the occasion; nobody is written to twice about it.
    """
    if not rows:
        return
    event = db.session.get_one(Event, rows[0].event_id)
    for reader, lines in _by_reader(event.id, rows, heard):
        told = [line for line, _ in lines]
        mail.write(
            occasion=f"requests:{entry_id}:{reader.email}",
            kind=_KIND,
            recipient=reader.email,
            language=reader.language,
            subject=_subject(rows[0].status, reader.language, event.title.in_language(reader.language)),
            body="\n\n".join((reader.greeting, *told, *_where(event.code, reader, lines[0][1]))),
            event_id=event.id,
            account_id=reader.account_id,
        )


def _by_reader(
    event_id: int, rows: Sequence[Request], heard: Sequence[Heard]
) -> Iterable[tuple[Addressee, list[tuple[str, Heard]]]]:
    sides = {(row.id, side): _side(row, side) for row in rows for side in heard}
    people = request_sides.speakers(event_id, sides.values())
    names = _names_of_vips(sides.values())
    found: dict[str, tuple[Addressee, list[tuple[str, Heard]]]] = {}
    for row in rows:
        for side in heard:
            place = sides[row.id, side]
            for person in _asker(row, side) or people[place]:
                for reader in addressees.of(person):
                    whom = names.get(place.named or 0, "") if person.id != place.named else ""
                    line = "\n".join(_lines(row, reader.language, whom))
                    found.setdefault(reader.email, (reader, []))[1].append((line, side))
    return found.values()


def _side(row: Request, side: Heard) -> Side:
    if side is Heard.SENDER:
        return Side(row.sender_id, row.sender_delegate_id)
    return Side(row.receiver_id, row.receiver_delegate_id)


def _asker(row: Request, side: Heard) -> tuple[Delegate, ...]:
    """Whoever has asked hears what became of it; where the office did, all who speak for the company do."""
    asker = db.session.get(Delegate, row.asked_by_id) if row.asked_by_id and side is Heard.SENDER else None
    return (asker,) if asker is not None and asker.erased_at is None else ()


def _names_of_vips(sides: Iterable[Side]) -> dict[int, str]:
    """For the aides, who have to know which of their people is meant."""
    people = (db.session.get(Delegate, side.named) for side in sides if side.named)
    return {
        one.id: full_name(one.given_name, one.patronymic, one.family_name)
        for one in people
        if one is not None and one.is_vip
    }


def _subject(status: RequestStatus, language: str, forum: str) -> str:
    return {
        RequestStatus.PENDING: text_in(language, "You are asked for a meeting: %(forum)s", forum=forum),
        RequestStatus.ACCEPTED: text_in(language, "The meeting is agreed: %(forum)s", forum=forum),
        RequestStatus.DECLINED: text_in(language, "The meeting was declined: %(forum)s", forum=forum),
        RequestStatus.WITHDRAWN: text_in(language, "A request was taken back: %(forum)s", forum=forum),
        RequestStatus.EXPIRED: text_in(language, "A request was not answered: %(forum)s", forum=forum),
    }[status]


def _lines(row: Request, language: str, whom: str) -> Iterator[str]:
    yield _news(row, language)
    if row.status is RequestStatus.PENDING:
        yield _importance(row.rank, language)
        if row.message:
            yield text_in(language, "Their words: %(message)s", message=row.message)
    if row.status is RequestStatus.DECLINED and row.reason:
        yield text_in(language, "Reason: %(note)s", note=row.reason)
    if whom:
        yield text_in(language, "It concerns: %(person)s.", person=whom)


def _news(row: Request, language: str) -> str:
    names = {
        "sender": row.sender.short_name.in_language(language),
        "receiver": row.receiver.short_name.in_language(language),
    }
    return {
        RequestStatus.PENDING: text_in(
            language, "Asks for a meeting: %(sender)s. With: %(receiver)s.", **names
        ),
        RequestStatus.ACCEPTED: text_in(
            language, "Agreed: %(sender)s and %(receiver)s. The schedule will say when and where.", **names
        ),
        RequestStatus.DECLINED: text_in(
            language, "Declined: the meeting of %(sender)s and %(receiver)s.", **names
        ),
        RequestStatus.WITHDRAWN: text_in(
            language, "Taken back: the request of %(sender)s to meet %(receiver)s.", **names
        ),
        RequestStatus.EXPIRED: text_in(
            language, "Not answered in time: the request of %(sender)s to meet %(receiver)s.", **names
        ),
    }[row.status]


def _importance(rank: RequestRank, language: str) -> str:
    return {
        RequestRank.MUST: text_in(language, "It matters very much to them."),
        RequestRank.WANT: text_in(language, "They would like this meeting."),
        RequestRank.NICE: text_in(language, "If there is time for it."),
    }[rank]


def _where(event_code: str, reader: Addressee, side: Heard) -> Iterator[str]:
    """Whoever has a cabinet finds the request there; a coordinator passes the news on."""
    if reader.account_id is None:
        url = f"{config.in_force().base_url}/e/{event_code}/my/partners/{_PATHS[side.value]}"
        yield text_in(reader.language, "All requests: %(url)s", url=url)
