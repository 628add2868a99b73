"""Rows of the invented forum's programme, meetings and visits, within ``sample.load``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forum.domain.states import SeatStatus
from forum.models import (
    Attendance,
    Bus,
    Place,
    Request,
    Room,
    Seat,
    Session,
    Site,
    Slot,
    Table,
    TravelTime,
    Visit,
)
from forum.sample import records
from forum.services import bulk

Ids = Mapping[Any, int]


def places(event_id: int, forum: records.Forum) -> Ids:
    """Ids by code."""
    rows = (
        {"event_id": event_id, "code": place.code, "title": place.title, "address": place.address}
        for place in forum.places
    )
    ids = dict(zip((place.code for place in forum.places), bulk.add(Place, rows), strict=True))
    bulk.add(
        TravelTime,
        (
            {"origin_id": ids[origin], "destination_id": ids[destination], "minutes": minutes}
            for one, other, minutes in forum.travel
            for origin, destination in ((one, other), (other, one))
        ),
    )
    return ids


def rooms(event_id: int, forum: records.Forum, places: Ids) -> Ids:
    """Ids by code."""
    rows = (
        {
            "event_id": event_id,
            "code": room.code,
            "title": room.title,
            "capacity": room.capacity,
            "place_id": places[room.place],
        }
        for room in forum.rooms
    )
    return dict(zip((room.code for room in forum.rooms), bulk.add(Room, rows), strict=True))


def sessions(event_id: int, forum: records.Forum, rooms: Ids, people: Ids) -> None:
    """The programme and those who must attend."""
    rows = (
        {
            "event_id": event_id,
            "room_id": rooms[session.room] if session.room else None,
            "kind": session.kind,
            "title": session.title,
            "summary": session.summary,
            "starts_at": session.time.start,
            "ends_at": session.time.end,
            "blocks_meetings": session.blocks_meetings,
            "is_for_everyone": session.is_for_everyone,
        }
        for session in forum.sessions
    )
    ids = bulk.add(Session, rows)
    bulk.add_pairs(
        Attendance,
        (
            {"session_id": row_id, "delegate_id": people[number], "part": part}
            for row_id, session in zip(ids, forum.sessions, strict=True)
            for number, part in session.people
        ),
    )


def slots_and_tables(event_id: int, forum: records.Forum, rooms: Ids, companies: Ids) -> None:
    """When and where one meets."""
    bulk.add(
        Slot,
        (
            {
                "event_id": event_id,
                "block": slot.block,
                "starts_at": slot.time.start,
                "ends_at": slot.time.end,
            }
            for slot in forum.slots
        ),
    )
    bulk.add(
        Table,
        (
            {
                "event_id": event_id,
                "number": table.number,
                "zone": table.zone,
                "room_id": rooms[table.room],
                "company_id": companies[table.company] if table.company else None,
            }
            for table in forum.tables
        ),
    )


def requests(event_id: int, forum: records.Forum, companies: Ids, people: Ids) -> None:
    """Who wants to meet whom."""
    bulk.add(
        Request,
        (
            {
                "event_id": event_id,
                "sender_id": companies[request.sender],
                "receiver_id": companies[request.receiver],
                "sender_delegate_id": people[request.sender_person] if request.sender_person else None,
                "receiver_delegate_id": people[request.receiver_person] if request.receiver_person else None,
                "rank": request.rank,
                "status": request.status,
                "message": request.message,
                "reason": request.reason,
                "created_at": request.sent_at,
                "updated_at": request.sent_at,
            }
            for request in forum.requests
        ),
    )


def sites(event_id: int, forum: records.Forum, places: Ids, people: Ids) -> Ids:
    """Ids by code; their visits, buses and seats with them."""
    rows = (
        {
            "event_id": event_id,
            "place_id": places[site.place],
            "code": site.code,
            "kind": site.kind,
            "title": site.title,
            "summary": site.summary,
            "address": site.address,
            "contact": site.contact,
            "contact_name": site.contact_name,
            "sectors": list(site.sectors),
            "rules": site.rules.as_data(),
        }
        for site in forum.sites
    )
    ids = dict(zip((site.code for site in forum.sites), bulk.add(Site, rows), strict=True))
    for site in forum.sites:
        for visit in site.visits:
            _visit(event_id, ids[site.code], visit, people)
    return ids


def _visit(event_id: int, site_id: int, visit: records.Visit, people: Ids) -> None:
    row = {
        "event_id": event_id,
        "site_id": site_id,
        "departs_at": visit.departs_at,
        "starts_at": visit.starts_at,
        "ends_at": visit.ends_at,
        "returns_at": visit.returns_at,
        "meeting_point": visit.meeting_point,
        "guide_languages": list(visit.guide_languages),
        "capacity": visit.capacity,
        "taken": sum(seat.status is SeatStatus.SEATED for seat in visit.seats),
        "last_position": len(visit.seats),
    }
    visit_id = bulk.add(Visit, [row])[0]
    buses = _buses(visit_id, visit, people)
    bulk.add(
        Seat,
        (
            {
                "visit_id": visit_id,
                "delegate_id": people[seat.person],
                "bus_id": buses[seat.bus] if seat.bus else None,
                "status": seat.status,
                "position": seat.position,
                "choice": seat.choice,
                "asked_at": seat.asked_at,
                "seated_at": seat.asked_at if seat.status is SeatStatus.SEATED else None,
            }
            for seat in visit.seats
        ),
    )


def _buses(visit_id: int, visit: records.Visit, people: Ids) -> Ids:
    rows = (
        {
            "visit_id": visit_id,
            "label": bus.label,
            "capacity": bus.capacity,
            "plate": bus.plate,
            "driver": bus.driver,
            "driver_phone": bus.driver_phone,
            "leader_id": people[bus.leader] if bus.leader else None,
        }
        for bus in visit.buses
    )
    return dict(zip((bus.label for bus in visit.buses), bulk.add(Bus, rows), strict=True))
