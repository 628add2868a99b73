"""``flask bus``, from the first bus to the last who is missing."""

from __future__ import annotations

from flask import Flask

from forum import clock
from forum.domain.roll_call import Leg
from forum.models import Bus, BusStop
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import boarding
from forum.services.boarding import TickSent
from forum.unit_of_work import transaction
from tests import factories


def test_a_trip_by_the_command_line(app: Flask) -> None:
    with transaction():
        event = factories.event()
        visit = factories.visit(event, factories.site(event))
        riders = [factories.delegate(event, phone=f"+7701000000{nth}") for nth in range(2)]
        for one in riders:
            factories.seated(visit, one)
    run = app.test_cli_runner().invoke
    where = str(visit.id)
    added = run(args=["bus", "add", where, "1", "--seats", "5", "--stop", "13:30=Гостиница"])
    again = run(args=["bus", "add", where, "1", "--seats", "5"])
    filled = run(args=["bus", "fill", where])
    moved = run(args=["bus", "move", where, "1", str(riders[0].number)])
    manifest = run(args=["bus", "manifest", where, "1"])
    told = run(args=["bus", "tell", where])
    bus = db.session.query(Bus).one()
    for nth, (one, leg) in enumerate([(0, Leg.OUT), (1, Leg.OUT), (0, Leg.BACK)]):
        tick = TickSent(f"key{nth}00000", riders[one].id, leg, True, clock.now())
        boarding.record(actor=SYSTEM, event_id=event.id, bus_id=bus.id, entries=[tick])
    roll = run(args=["bus", "roll", where])
    exits = [done.exit_code for done in (added, again, filled, moved, manifest, told, roll)]
    assert exits == [0, 1, 0, 0, 0, 0, 1]
    assert "2 people have a bus, 0 have none\nbehind          0  nothing less is possible" in filled.output
    assert all(f"+7701000000{nth}" in manifest.output for nth in range(2))
    assert "13:30 Гостиница" in manifest.output
    assert told.output == "2 people told; 0 left\n"
    assert f"back  bus 1  1 of 2\n  missing: {riders[1].number}" in roll.output


def test_a_bus_changes_only_in_what_is_named(app: Flask) -> None:
    with transaction():
        event = factories.event()
        visit = factories.visit(event, factories.site(event))
        one = factories.delegate(event)
        factories.seated(visit, one)
    where, run = str(visit.id), app.test_cli_runner().invoke
    stops = ("--stop", "13:10=Гостиница|Қонақүй|Hotel", "--stop", "13:30=Площадь")
    run(
        args=["bus", "add", where, "1", "--seats", "5", "--plate", "А 1", "--leader", str(one.number), *stops]
    )
    first = {stop.title["ru"]: stop.id for stop in db.session.query(BusStop)}
    done = [
        run(
            args=[
                "bus",
                "change",
                where,
                "1",
                "--seats",
                "9",
                "--driver",
                "Лаптев",
                "--stop",
                "13:20=Гостиница",
            ]
        ),
        run(args=["bus", "move", where, "1", str(one.number)]),
        run(args=["bus", "get-in", where, "1", "13:20", str(one.number)]),
        run(args=["bus", "keep", where, str(one.number), "--no-longer"]),
        run(args=["bus", "change", where, "1", "--leader", "0", "--stop-back", "17:00=У ворот"]),
        run(args=["bus", "out", where, str(one.number)]),
        run(args=["bus", "change", where, "2", "--seats", "9"]),
    ]
    db.session.rollback()
    bus, kept = db.session.query(Bus).one(), db.session.query(BusStop).order_by(BusStop.at).all()
    assert [each.exit_code for each in done] == [0, 0, 0, 0, 0, 0, 1]
    assert (bus.capacity, bus.plate, bus.driver, bus.leader_id) == (9, "А 1", "Лаптев", None)
    assert [(stop.title["ru"], stop.leg) for stop in kept] == [("Гостиница", Leg.OUT), ("У ворот", Leg.BACK)]
    assert (kept[0].id, kept[0].title["kk"]) == (first["Гостиница"], "Қонақүй")
