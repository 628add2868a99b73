"""The page of the own registration, which several forms come back to when something is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from flask import abort, render_template
from flask_wtf import FlaskForm

from forum import clock
from forum.domain.admissions import ASKABLE, Rules
from forum.domain.profile import FIELDS
from forum.domain.states import RegistrationStatus
from forum.queries import admissions, companions, own_registrations
from forum.queries.events import EventView
from forum.queries.own_registrations import OwnRegistration
from forum.services import badge_previews, photos
from forum.web import badge_words
from forum.web.cabinet.whose import own_delegate
from forum.web.forms.own_profile import AnswerForm, OwnPhotoForm, WithdrawalForm
from forum.web.profile_values import said
from forum.web.profile_words import FIELD_TITLES

_ASKED_AS: Final[Mapping[str, str]] = {
    "company_id": "company", "photo_id": "photo", "region": "town",
    "arrives_at": "stay", "leaves_at": "stay",
}  # fmt: skip
_SHOWN_ELSEWHERE: Final = ("photo_id",)
_ENDED: Final = (RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN)


def own_registration(event: EventView) -> OwnRegistration:
    """The registration that is meant."""
    found = own_registrations.find(event_id=event.id, delegate_id=own_delegate(event).id)
    return found or abort(404)


def page(event: EventView, own: OwnRegistration, **sent: FlaskForm) -> str:
    """The page; ``sent`` are forms with what was typed, by what the template calls them."""
    preview = badge_previews.of_delegate(event=event, delegate_id=own.delegate.id)
    rules = admissions.rules(event_id=event.id, category=own.delegate.category)
    return render_template(
        "cabinet/profile/profile.html",
        own=own,
        rules=rules,
        has_ended=own.delegate.status in _ENDED,
        now=clock.now(),
        details=tuple(_details(event, own, rules)),
        changes=tuple(_waiting(event, own)),
        preview=preview,
        findings=badge_words.finding_sentences(preview) if preview else (),
        badge_in_words=badge_words.alt_text(preview) if preview else "",
        around=companions.around(event_id=event.id, delegate_id=own.delegate.id),
        spoken_for=companions.spoken_for(event_id=event.id, aide_id=own.delegate.id),
        is_coarse=photos.is_coarse(event_id=event.id, photo_id=own.profile.photo_id),
        **(_forms(own) | sent),
    )


def said_of(event: EventView, own: OwnRegistration, name: str, value: Any) -> str:
    """A value of the profile in the reader's words."""
    return said(name, value, zone=event.zone, companies=own.companies)


def _forms(own: OwnRegistration) -> dict[str, FlaskForm]:
    return {
        "photo_form": OwnPhotoForm(formdata=None, version=own.version),
        "answer_form": AnswerForm(formdata=None),
        "withdrawal_form": WithdrawalForm(formdata=None),
    }


def _details(event: EventView, own: OwnRegistration, rules: Rules) -> Iterator[tuple[str, str]]:
    """What the forum knows, without what it does not ask of this category."""
    for name in FIELDS:
        text = said_of(event, own, name, getattr(own.profile, name))
        if name not in _SHOWN_ELSEWHERE and (text or _is_asked(name, rules)):
            yield str(FIELD_TITLES[name]), text


def _is_asked(name: str, rules: Rules) -> bool:
    if name == "phone_extension":  # hardly anybody has one
        return False
    asked_as = _ASKED_AS.get(name, name)
    return asked_as not in ASKABLE or rules.asks(asked_as)


def _waiting(event: EventView, own: OwnRegistration) -> Iterator[tuple[Any, list[dict[str, str]]]]:
    """Every change that waits for an organiser: when it was made, and its fields before and after."""
    for edit in own.edits:
        yield (
            edit.at,
            [
                {
                    "label": str(FIELD_TITLES[change.field]),
                    "before": said_of(event, own, change.field, change.before),
                    "after": said_of(event, own, change.field, change.after),
                }
                for change in edit.changes
            ],
        )
