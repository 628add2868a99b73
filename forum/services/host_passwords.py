"""The password with which a host opens the lists that are mailed to it. It never goes by mail itself."""

from __future__ import annotations

import secrets
from typing import Final

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.models import Site
from forum.models.base import db
from forum.policy import Actor, require
from forum.sealing import seal, unseal
from forum.services import journal, sites
from forum.unit_of_work import transactional

_GROUPS: Final = 5
_GROUP_OF: Final = 10_000  # four digits: read over the phone in any language


@transactional
def renew(*, actor: Actor, event_id: int, site_id: int) -> str:
    """Another password from now on; what was sent before opens with the former one. Returns it.

    Raises:
        NotAllowedError: without ``REVEAL_DOCUMENTS`` and ``MANAGE_VISITS``.
        ForumError: ``no_such_site``.
    """
    require(actor, Permission.REVEAL_DOCUMENTS, event_id)
    site = sites.locked(actor, event_id, site_id, None)
    password = _put(site)
    journal.record(
        actor=actor,
        action="host_password_renewed",
        event_id=event_id,
        subject_kind="site",
        subject_id=site.id,
        site=dict(site.title),
    )
    return password


def of(site: Site) -> str | None:
    """The password of the site's host, None where nothing was ever sent.

    Raises:
        ForumError: ``seal_broken``.
    """
    if site.sealed_password is None:
        return None
    return unseal(site.sealed_password, binding=binding(site.id)).decode()


def shown(*, event_id: int, site_id: int) -> str | None:
    """The password for those who may see documents, None where there is none or it cannot be opened here."""
    site = db.session.get(Site, site_id)
    try:
        return of(site) if site is not None and site.event_id == event_id else None
    except ForumError:
        return None


def ensured(site: Site) -> str:
    """Within a command: the password, made where there is none yet."""
    return of(site) or _put(site)


def binding(site_id: int) -> str:
    """What a sealed password is bound to."""
    return f"site {site_id}, password of its lists"


def _put(site: Site) -> str:
    password = " ".join(f"{secrets.randbelow(_GROUP_OF):04}" for _ in range(_GROUPS))
    site.sealed_password = seal(password.encode(), binding=binding(site.id))
    return password
