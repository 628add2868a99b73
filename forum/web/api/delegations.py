"""Delegations for programs."""

from __future__ import annotations

from forum.domain.roles import Permission
from forum.queries import delegations as known
from forum.queries.delegations import DelegationCount
from forum.web.api.access import needs_token, program, seen
from forum.web.api.blueprint import blueprint
from forum.web.api.schemas import DelegationOut


@blueprint.route("/delegations")
@needs_token(Permission.SEE_DELEGATES)
@blueprint.response(200, DelegationOut(many=True))
def delegations() -> list[DelegationCount]:
    """The delegations that the token may see, in their order."""
    return list(known.counts(event_id=program().event_id, seen=seen()))
