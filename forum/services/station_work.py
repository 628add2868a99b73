"""A station that hands papers to a printer one after another, each exactly once.

The job at the printer is made and noted before its document is sent. Whatever dies in between, the
next to come finds the number and asks the printer: an empty job is taken back and made anew, any other is
followed to its end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from forum import clock
from forum.errors import ForumError
from forum.ipp import Printer, PrinterError, RemoteState
from forum.policy import Actor
from forum.printing import handing
from forum.services import print_claims, stations
from forum.services.print_claims import PATIENCE, Claim, Drawn

_TITLE: Final = "forum-{event_id} {kind}-{number} job-{job_id}"
_BLINK_S: Final = 0.05
_LONGEST_BLINK_S: Final = 1.0


@dataclass
class Station:
    """One process at one station.

    ``pause(seconds)`` waits, and is true when the process is to stop. What is in the printer by then is
    found again at the next start.
    """

    actor: Actor
    event_id: int
    station_id: int
    printer: Printer
    pause: Callable[[float], bool]
    patience: timedelta = PATIENCE
    _kept_at: datetime = field(init=False, default_factory=clock.now)

    def work_one(self) -> str | None:
        """Print the next paper; what has become of it (``printed`` or a code), None where none waits.

        Raises:
            PrinterError: the printer cannot be asked. The paper waits again.
        """
        who = {"event_id": self.event_id, "station_id": self.station_id}
        stations.seen(**who, printer=self.address)
        claim = print_claims.take(actor=self.actor, **who, can_resume=True, patience=self.patience)
        if claim is None:
            return None
        self._kept_at = clock.now()
        try:
            return self._resumed(claim) if claim.remote_id is not None else self._print(claim)
        except ForumError as error:
            print_claims.failed(claim=claim, error=error.code)
            return error.code

    @property
    def address(self) -> str:
        return f"{self.printer.name}@{self.printer.server}" if self.printer.server else self.printer.name

    def _print(self, claim: Claim) -> str:
        drawn = print_claims.drawn(actor=self.actor, claim=claim)
        if drawn is None:
            return "lease_lost"
        try:
            claim = replace(claim, remote_id=self._made(claim, drawn), remote_printer=self.address)
        except PrinterError as error:
            print_claims.give_back(claim=claim, error=error.code)
            raise
        if not print_claims.hand(
            claim=claim,
            remote_id=claim.remote_id,
            remote_printer=claim.remote_printer,
            patience=self.patience,
        ):
            self.printer.cancel(_number(claim))
            return "lease_lost"
        try:
            self.printer.send(_number(claim), drawn.content)
        except PrinterError:
            # It may have arrived: whoever takes the paper next asks the printer.
            print_claims.let_go(claim=claim)
            raise
        return self._follow(claim, self.printer)

    def _made(self, claim: Claim, drawn: Drawn) -> int:
        kind = claim.kind.value.replace("_", "-")
        who = {"event_id": claim.event_id, "job_id": claim.job_id}
        title = _TITLE.format(kind=kind, number=drawn.number, **who)
        return self.printer.create(title=title, media=handing.media(*drawn.size), sides=drawn.sides)

    def _resumed(self, claim: Claim) -> str:
        printer = _printer_at(claim.remote_printer) or self.printer
        try:
            if printer.state(_number(claim)) is RemoteState.EMPTY:
                # Whoever made it may be about to fill it: a job that is taken back prints nothing any more.
                printer.cancel(_number(claim))
            if printer.is_empty(_number(claim)) and print_claims.take_back(claim=claim):
                return self._print(replace(claim, remote_id=None, remote_printer=None))
            return self._follow(claim, printer)
        except PrinterError:
            print_claims.let_go(claim=claim)
            raise

    def _follow(self, claim: Claim, printer: Printer) -> str:
        """Wait until the printer is done with the paper."""
        blink = _BLINK_S
        while (state := printer.state(_number(claim))) in (RemoteState.WAITING, RemoteState.STOPPED):
            if print_claims.is_wanted_back(claim):
                printer.cancel(_number(claim))
            if not self._keep(claim, "printer_stopped" if state is RemoteState.STOPPED else None):
                return "lease_lost"
            if self.pause(blink):
                print_claims.let_go(claim=claim)
                return "left_at_printer"
            blink = min(blink * 1.5, _LONGEST_BLINK_S)
        if state is RemoteState.PRINTED:
            print_claims.printed(claim=claim)
            return "printed"
        error = "outcome_unknown" if state is RemoteState.FORGOTTEN else "printer_gave_up"
        print_claims.failed(claim=claim, error=error)
        return error

    def _keep(self, claim: Claim, error: str | None) -> bool:
        """Every now and then: nobody else needs to know it more often."""
        if clock.now() - self._kept_at < self.patience / 4:
            return True
        self._kept_at = clock.now()
        stations.seen(event_id=self.event_id, station_id=self.station_id, printer=self.address)
        return print_claims.keep(claim=claim, patience=self.patience, error=error)


def _number(claim: Claim) -> int:
    if claim.remote_id is None:
        raise ValueError("the printer has not got it yet")
    return claim.remote_id


def _printer_at(address: str | None) -> Printer | None:
    if not address:
        return None
    name, _, server = address.partition("@")
    return Printer(name, server)
