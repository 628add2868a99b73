"""What invitations are called, refused for, and noted as."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l

from forum.domain.invitations import InvitationState
from forum.sentences import register
from forum.web import journal_sentences
from forum.workbooks.invitees import InviteeProblem

STATES: Final = {
    InvitationState.SENT: _l("Not opened yet"),
    InvitationState.OPENED: _l("Opened"),
    InvitationState.BEGUN: _l("Form begun"),
    InvitationState.REGISTERED: _l("Registered"),
    InvitationState.EXPIRED: _l("Expired"),
    InvitationState.WITHDRAWN: _l("Withdrawn"),
}
PROBLEMS: Final = {
    InviteeProblem.NO_ADDRESS: _l("There is no e-mail address in this line that could be right."),
    InviteeProblem.SEVERAL_ADDRESSES: _l(
        "There are several addresses in this line: write one person a line."
    ),
    InviteeProblem.NO_NAME: _l("There is no name in this line."),
    InviteeProblem.REPEATED: _l("The same address stands in a line above."),
}

register(
    {
        "already_invited": _l("Has been invited already."),
        "already_registered": _l("Is registered already."),
        "bad_invitation_name": _l("Enter a name of at most %(most)s letters."),
        "bad_most_uses": _l("Enter a whole number from 1 to %(most)s."),
        "invitees_too_many": _l(
            "These are too many for one sending: invite at most %(most)s people at once."
        ),
        "invitation_ends_in_the_past": _l("This moment has passed. Choose a later one."),
        "invitation_expired": _l("This invitation has expired."),
        "invitation_fresh": _l("Was written to in the last three days."),
        "invitation_not_asleep": _l("Has begun or finished the form, or cannot use the invitation any more."),
        "invitation_not_open": _l("Was used or withdrawn before."),
        "invitation_used_more": _l("Registered by this link already: %(uses)s. It cannot hold fewer."),
        "invitation_used_up": _l("This invitation has been used already."),
        "invitation_withdrawn": _l("This invitation was withdrawn."),
        "invitation_without_address": _l("This link is for many people: copy it and pass it on."),
        "no_invitation_chosen": _l("No invitation was chosen. Tick some first."),
        "no_such_invitation": _l("There is no such invitation."),
        "no_such_language": _l("Choose one of the languages offered."),
        "nobody_to_invite": _l("Nobody is left to invite: all of them are invited or registered already."),
        "quota_too_small": _l("Places left in the quota of the delegation in this category: %(free)s."),
    }
)
journal_sentences.register(
    {
        "invitations.send": (_l("People invited"), _l("People were invited: %(count)s.")),
        "invitations.link": (
            _l("Invitation link made"),
            _l("A link was made: “%(name)s”, places: %(count)s."),
        ),
        "invitations.change": (
            _l("Invitation changed"),
            _l("The invitation of “%(name)s” was changed."),
        ),
        "invitations.resend": (
            _l("Invitation sent again"),
            _l("The invitation of “%(name)s” was sent again."),
        ),
        "invitations.remind": (
            _l("Invited people reminded"),
            _l("Invited people were reminded: %(count)s."),
        ),
        "invitations.withdraw": (
            _l("Invitations withdrawn"),
            _l("Invitations were withdrawn: %(count)s."),
        ),
        "invitations.restore": (
            _l("Invitations restored"),
            _l("Withdrawn invitations are in force again: %(count)s."),
        ),
    }
)
