"""What is written to people about requests: one mail each, however many requests it tells of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

from forum import config, mail
from forum.catalogues import text_in
from forum.domain.states import PartOfDay, RequestRank, RequestStatus
from forum.models import Delegate, Event, Request
from forum.models.base import db
from forum.queries import addressees, request_sides
from forum.queries.addressees import Addressee
from forum.queries.people import full_name
from forum.queries.request_sides import Side

_KIND: Final = "request"
_PATHS: Final = {"sender": "sent", "receiver": "received", "guests": "joined"}


class Heard(StrEnum):
    """Who is written to: a side of the request, or those who come along."""

    SENDER = "sender"
    RECEIVER = "receiver"
    GUESTS = "guests"


class Told(StrEnum):
    """What a mail tells of a request."""

    ASKED = "asked"
    CHANGED = "changed"
    AGREED = "agreed"
    IMPOSED = "imposed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    JOINED = "joined"
    LEFT = "left"
    STAYS_AWAY = "stays_away"


BOTH: Final = (Heard.SENDER, Heard.RECEIVER)
ALL: Final = (*BOTH, Heard.GUESTS)
_BY_STATUS: Final = {
    RequestStatus.PENDING: Told.ASKED,
    RequestStatus.ACCEPTED: Told.AGREED,
    RequestStatus.DECLINED: Told.DECLINED,
    RequestStatus.WITHDRAWN: Told.WITHDRAWN,
    RequestStatus.EXPIRED: Told.EXPIRED,
}


def write(
    rows: Sequence[Request],
    *,
    heard: Sequence[Heard],
    entry_id: int,
    what: Told | None = None,
    besides: Collection[str] = (),
) -> None:
    """Within a command: tell those whom ``rows``, all in the same state, concern on these sides.

    Args:
        entry_id: the journal's line that makes the occasion; nobody is written to twice about it.
        what: the news; None for the state in which the requests are.
        besides: addresses that have been told of it by another mail.
    """
    for told in dict.fromkeys(what or news_of(row) for row in rows):
        same = [row for row in rows if (what or news_of(row)) is told]
        for reader, lines in _by_reader(same, heard, told):
            if reader.email not in besides:
                _write(same[0].event_id, reader, told, lines, entry_id)


def write_to_guest(row: Request, guest: Delegate, *, told: Told, entry_id: int) -> None:
    """Within a command: tell somebody that they come along, or do not any more; a VIP hears by the aide."""
    for person in _through_aides([guest]):
        name = "" if person.id == guest.id else _name(guest)
        for reader in addressees.of(person):
            line = "\n".join(_lines(row, told, reader.language, name))
            _write(row.event_id, reader, told, [(line, Heard.GUESTS)], entry_id)


def write_of_guest(row: Request, guest: Delegate, *, entry_id: int) -> None:
    """Within a command: tell whoever speaks for the guest's company that the guest does not come."""
    heard = [side for side in BOTH if _side(row, side).company_id == guest.company_id]
    for reader, _lines_of_it in _by_reader([row], heard, Told.STAYS_AWAY):
        if reader.email != guest.email:
            line = "\n".join(_lines(row, Told.STAYS_AWAY, reader.language, _name(guest)))
            _write(row.event_id, reader, Told.STAYS_AWAY, [(line, heard[0])], entry_id)


def news_of(row: Request) -> Told:
    """What there is to tell of the state in which the request is."""
    told = _BY_STATUS[row.status]
    return Told.IMPOSED if told is Told.AGREED and row.is_imposed else told


def why_it_ended(row: Request, language: str) -> Iterator[str]:
    """Lines that say why there is no meeting any more."""
    yield from _lines(row, news_of(row), language, "")


def why_left(row: Request, language: str) -> Iterator[str]:
    """A line that says to somebody who came along that they do not any more."""
    yield _news(row, Told.LEFT, language)


def _write(
    event_id: int, reader: Addressee, told: Told, lines: Sequence[tuple[str, Heard]], entry_id: int
) -> None:
    event = db.session.get_one(Event, event_id)
    texts = [line for line, _ in lines]
    mail.write(
        occasion=f"requests:{entry_id}:{told.value}:{reader.email}",
        kind=_KIND,
        recipient=reader.email,
        language=reader.language,
        subject=_subject(told, reader.language, event.title.in_language(reader.language)),
        body="\n\n".join((reader.greeting, *texts, *_where(event.code, reader, lines[0][1]))),
        event_id=event.id,
        account_id=reader.account_id,
    )


def _by_reader(
    rows: Sequence[Request], heard: Sequence[Heard], told: Told
) -> Iterable[tuple[Addressee, list[tuple[str, Heard]]]]:
    sides: dict[tuple[int, Heard], Side] = {
        (row.id, side): _side(row, side) for row in rows for side in heard if side is not Heard.GUESTS
    }
    people = request_sides.speakers(rows[0].event_id, sides.values())
    names = _names_of_vips(sides.values())
    found: dict[str, tuple[Addressee, list[tuple[str, Heard]]]] = {}
    for row in rows:
        for side in heard:
            place = sides.get((row.id, side))
            for person in _asker(row, side) or (people[place] if place else _through_aides(_guests(row))):
                for reader in addressees.of(person):
                    whom = names.get(place.named or 0, "") if place and person.id != place.named else ""
                    line = "\n".join(_lines(row, told, reader.language, whom))
                    lines = found.setdefault(reader.email, (reader, []))[1]
                    if line not in [known for known, _ in lines]:
                        lines.append((line, side))
    return found.values()


def _side(row: Request, side: Heard) -> Side:
    if side is Heard.SENDER:
        return Side(row.sender_id, row.sender_delegate_id)
    return Side(row.receiver_id, row.receiver_delegate_id)


def _asker(row: Request, side: Heard) -> tuple[Delegate, ...]:
    """Whoever has asked hears what became of it; where the office did, all who speak for the company do."""
    asker = db.session.get(Delegate, row.asked_by_id) if row.asked_by_id and side is Heard.SENDER else None
    return (asker,) if asker is not None and asker.erased_at is None else ()


def _guests(row: Request) -> list[Delegate]:
    found = (db.session.get(Delegate, each.delegate_id) for each in row.guests)
    return [one for one in found if one is not None and one.erased_at is None]


def _through_aides(people: Iterable[Delegate]) -> list[Delegate]:
    heard = (db.session.get(Delegate, one.aide_id or 0) if one.is_vip else one for one in people)
    return [one for one in heard if one is not None and one.erased_at is None]


def _names_of_vips(sides: Iterable[Side]) -> dict[int, str]:
    """For the aides, who have to know which of their people is meant."""
    people = (db.session.get(Delegate, side.named) for side in sides if side.named)
    return {one.id: _name(one) for one in people if one is not None and one.is_vip}


def _name(row: Delegate) -> str:
    return full_name(row.given_name, row.patronymic, row.family_name)


def _subject(told: Told, language: str, forum: str) -> str:
    return {
        Told.ASKED: text_in(language, "You are asked for a meeting: %(forum)s", forum=forum),
        Told.CHANGED: text_in(language, "A request for a meeting has changed: %(forum)s", forum=forum),
        Told.AGREED: text_in(language, "The meeting is agreed: %(forum)s", forum=forum),
        Told.IMPOSED: text_in(language, "The organisers have set a meeting: %(forum)s", forum=forum),
        Told.DECLINED: text_in(language, "The meeting was declined: %(forum)s", forum=forum),
        Told.WITHDRAWN: text_in(language, "A request was taken back: %(forum)s", forum=forum),
        Told.EXPIRED: text_in(language, "A request was not answered: %(forum)s", forum=forum),
        Told.JOINED: text_in(language, "You are to come along to a meeting: %(forum)s", forum=forum),
        Told.LEFT: text_in(language, "You need not come to a meeting: %(forum)s", forum=forum),
        Told.STAYS_AWAY: text_in(
            language, "Somebody does not come along to a meeting: %(forum)s", forum=forum
        ),
    }[told]


def _lines(row: Request, told: Told, language: str, whom: str) -> Iterator[str]:
    yield _news(row, told, language)
    if told in (Told.ASKED, Told.CHANGED):
        yield _importance(row.rank, language)
        if row.message:
            yield text_in(language, "Their words: %(message)s", message=row.message)
    if told is Told.CHANGED:
        yield _part_of_day(row.part_of_day, language)
        yield text_in(language, "Times in a row: %(count)s", count=row.length)
    if told is Told.DECLINED and row.reason:
        yield text_in(language, "Reason: %(note)s", note=row.reason)
    if whom:
        yield text_in(language, "It concerns: %(person)s.", person=whom)


def _news(row: Request, told: Told, language: str) -> str:
    names: Mapping[str, str] = {
        "sender": row.sender.short_name.in_language(language),
        "receiver": row.receiver.short_name.in_language(language),
    }
    return {
        Told.ASKED: text_in(language, "Asks for a meeting: %(sender)s. With: %(receiver)s.", **names),
        Told.CHANGED: text_in(language, "Changed: the request of %(sender)s to meet %(receiver)s.", **names),
        Told.AGREED: text_in(
            language, "Agreed: %(sender)s and %(receiver)s. The schedule will say when and where.", **names
        ),
        Told.IMPOSED: text_in(
            language,
            "Set by the organisers: %(sender)s and %(receiver)s. The schedule will say when and where.",
            **names,
        ),
        Told.DECLINED: text_in(language, "Declined: the meeting of %(sender)s and %(receiver)s.", **names),
        Told.WITHDRAWN: text_in(
            language, "Taken back: the request of %(sender)s to meet %(receiver)s.", **names
        ),
        Told.EXPIRED: text_in(
            language, "Not answered in time: the request of %(sender)s to meet %(receiver)s.", **names
        ),
        Told.JOINED: text_in(
            language,
            "You come along to the meeting of %(sender)s and %(receiver)s. If not, say so in your cabinet.",
            **names,
        ),
        Told.LEFT: text_in(
            language, "You need not come to the meeting of %(sender)s and %(receiver)s any more.", **names
        ),
        Told.STAYS_AWAY: text_in(
            language, "Somebody does not come along to the meeting of %(sender)s and %(receiver)s.", **names
        ),
    }[told]


def _importance(rank: RequestRank, language: str) -> str:
    return {
        RequestRank.MUST: text_in(language, "It matters very much to them."),
        RequestRank.WANT: text_in(language, "They would like this meeting."),
        RequestRank.NICE: text_in(language, "If there is time for it."),
    }[rank]


def _part_of_day(part: PartOfDay | None, language: str) -> str:
    if part is None:
        return text_in(language, "Any time of day")
    return {
        PartOfDay.MORNING: text_in(language, "Before noon"),
        PartOfDay.AFTERNOON: text_in(language, "After noon"),
    }[part]


def _where(event_code: str, reader: Addressee, side: Heard) -> Iterator[str]:
    """Whoever has a cabinet finds the request there; a coordinator passes the news on."""
    if reader.account_id is None:
        url = f"{config.in_force().base_url}/e/{event_code}/my/partners/{_PATHS[side.value]}"
        yield text_in(reader.language, "All requests: %(url)s", url=url)
