"""Another key for everything that is sealed."""

from __future__ import annotations

from sqlalchemy import select

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.models import AccessListEntry, IdentityDocument, Site, Webhook
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import access_lists, documents
from forum.sealing import seal, unseal
from forum.services import host_passwords, journal, webhooks
from forum.unit_of_work import transactional


@transactional
def rekey(*, actor: Actor, old_key: bytes) -> int:
    """Seal with the key in force whatever ``old_key`` still opens: all of it or nothing. Returns how many.

    Raises:
        ForumError: ``seal_broken``: something opens with neither.
    """
    require(actor, Permission.MANAGE_PRIVACY)
    count = 0
    held = select(IdentityDocument).where(IdentityDocument.sealed.is_not(None)).with_for_update()
    for document in db.session.scalars(held):
        assert document.sealed is not None
        sealed = _resealed(document.sealed, documents.binding(document.delegate_id), old_key)
        count += sealed != document.sealed
        document.sealed = sealed
    listed = select(AccessListEntry).where(AccessListEntry.sealed.is_not(None)).with_for_update()
    for entry in db.session.scalars(listed):
        assert entry.sealed is not None
        sealed = _resealed(entry.sealed, access_lists.binding(entry.list_id, entry.delegate_id), old_key)
        count += sealed != entry.sealed
        entry.sealed = sealed
    for site in db.session.scalars(select(Site).where(Site.sealed_password.is_not(None)).with_for_update()):
        assert site.sealed_password is not None
        sealed = _resealed(site.sealed_password, host_passwords.binding(site.id), old_key)
        count += sealed != site.sealed_password
        site.sealed_password = sealed
    for hook in db.session.scalars(select(Webhook).with_for_update()):
        sealed = _resealed(hook.sealed_secret, webhooks.binding(hook.id), old_key)
        count += sealed != hook.sealed_secret
        hook.sealed_secret = sealed
    journal.record(actor=actor, action="documents_rekeyed", event_id=None, count=count)
    return count


def _resealed(sealed: bytes, binding: str, old_key: bytes) -> bytes:
    """``sealed`` under the key in force; as it is where that opens it already."""
    try:
        content = unseal(sealed, binding=binding, key=old_key)
    except ForumError:
        unseal(sealed, binding=binding)
        return sealed
    return seal(content, binding=binding)
