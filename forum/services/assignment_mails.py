"""One letter to everybody for whom an assignment of visits changes something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from forum import config, mail
from forum.catalogues import text_in
from forum.domain.icalendar import Method
from forum.domain.states import SeatStatus
from forum.models import Assignment, Seat, Visit
from forum.queries import events
from forum.queries.visit_readers import VisitReader, readers_of
from forum.services import visit_mails


def tell(row: Assignment, visits: Mapping[int, Visit], given: Iterable[Seat]) -> int:
    """Write to those with a seat, and to those who wait and did not wait for the same before."""
    seated: dict[int, list[int]] = defaultdict(list)
    waiting: dict[int, set[int]] = defaultdict(set)
    for seat in given:
        if seat.status is SeatStatus.SEATED:
            seated[seat.visit_id].append(seat.delegate_id)
        else:
            waiting[seat.delegate_id].add(seat.visit_id)
    count = sum(_tell_seated(row, visits[key], people) for key, people in seated.items())
    known = _known_to_wait(row)
    left_out = [key for key in waiting if not waiting[key] <= known.get(key, set())]
    nowhere = [int(key) for key, data in row.result.items() if data["visit"] is None]
    untold = [key for key in nowhere if key not in waiting]
    return count + _tell_left_out(row, visits, [*left_out, *untold], waiting)


def _tell_seated(row: Assignment, visit: Visit, people: Sequence[int]) -> int:
    event = events.get(row.event_id)

    def told(reader: VisitReader) -> Sequence[str]:
        language = reader.language
        choice = row.result[str(reader.delegate_id)]["choice"] if str(reader.delegate_id) in row.result else 1
        site = visit.site.title.in_language(language)
        return (
            text_in(language, "You go on a visit: %(site)s", site=site),
            text_in(
                language,
                "the seats of the visits have been given by wishes. %(person)s goes on this one"
                " (choice %(choice)s):",
                person=reader.person,
                choice=choice,
            ),
            visit_mails.course(event, visit, language),
        )

    return visit_mails.write(event, visit, f"visit-given:{row.id}", people, told, Method.REQUEST)


def _tell_left_out(
    row: Assignment,
    visits: Mapping[int, Visit],
    people: Sequence[int],
    waiting: Mapping[int, set[int]],
) -> int:
    event = events.get(row.event_id)
    count = 0
    for reader in readers_of(people):
        language = reader.language
        sites = [visits[key].site.title.in_language(language) for key in sorted(waiting[reader.delegate_id])]
        said = [
            text_in(
                language,
                "the seats of the visits have been given by wishes, and there was none for %(person)s.",
                person=reader.person,
            )
        ]
        if sites:
            said.append(
                text_in(
                    language,
                    "On the waiting list for: %(sites)s. We will write as soon as a seat is free.",
                    sites=", ".join(sites),
                )
            )
        url = f"{config.in_force().base_url}/e/{event.code}/my/visits"
        said.append(text_in(language, "Your visits: %(url)s", url=url))
        count += mail.write(
            occasion=f"visit-not-given:{row.id}:{reader.delegate_id}:{reader.email}",
            kind="visit",
            recipient=reader.email,
            language=language,
            subject=text_in(language, "No seat on a visit yet"),
            body="\n\n".join((reader.greeting, *said)),
            event_id=event.id,
            account_id=reader.account_id,
        )
    return count


def _known_to_wait(row: Assignment) -> dict[int, set[int]]:
    """By delegate, the visits for which they knew already that they wait."""
    found: dict[int, set[int]] = defaultdict(set)
    for each in row.before:
        if each["status"] == SeatStatus.WAITING and not each["is_tentative"]:
            found[each["delegate_id"]].add(each["visit_id"])
    return found
