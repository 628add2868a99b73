"""How far an invitation has come, and how long one is left in peace."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final

REMINDER_PAUSE: Final = timedelta(days=3)
"""Whoever was written to this recently is not reminded: two clicks are not two letters."""
MOST_USES: Final = 10_000
MOST_AT_ONCE: Final = 1_000
"""Letters of one sending: more of them in an hour are taken for an advertisement."""
LONGEST_NAME: Final = 200
LONGEST_MESSAGE: Final = 2_000


class InvitationState(StrEnum):
    """The first four in the order in which people come in; the others end an invitation."""

    SENT = "sent"
    OPENED = "opened"
    BEGUN = "begun"
    REGISTERED = "registered"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


REFUSALS: Final = {
    InvitationState.REGISTERED: "invitation_used_up",
    InvitationState.EXPIRED: "invitation_expired",
    InvitationState.WITHDRAWN: "invitation_withdrawn",
}
"""Why an invitation in that state lets nobody in."""
