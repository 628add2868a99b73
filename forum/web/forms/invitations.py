"""Whom to invite, and on what terms."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any, Final, Self

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs

from forum.domain.invitations import LONGEST_MESSAGE, LONGEST_NAME, MOST_USES, InvitationState
from forum.domain.localized import Localized
from forum.domain.states import Category
from forum.i18n import OWN_NAMES, language
from forum.queries.events import EventView
from forum.queries.invitations import InvitationFilter, InvitationView
from forum.services.inviting import Terms
from forum.web.forms.typed import DayField, TextLine, TextLines, demand
from forum.web.forms.whole_numbers import WholeNumberField
from forum.web.numbers import row_number
from forum.web.words import CATEGORIES

INVITED: Final = tuple(category for category in Category if category is not Category.COMPANION)
"""Who comes along registers with the person whom they accompany."""
_MOST_TEXT: Final = 200_000


class UntilFields:
    """Until when an invitation holds: the end of a day by the clock of the forum."""

    event: EventView
    until = DayField(_l("Works until the end of this day"), most=30)

    @property
    def expires_at(self) -> datetime | None:
        day = self.until.day
        if day is None:
            return None
        return datetime.combine(day, time(23, 59), self.event.zone).astimezone(UTC)


class TermsFields(UntilFields):
    """What all the invitations of one sending have in common."""

    category = SelectField(
        _l("Category"), choices=[SelectChoice(each.value, CATEGORIES[each]) for each in INVITED]
    )
    delegation = SelectField(_l("Delegation"), validate_choice=True)
    language = SelectField(_l("Language of the letter"), choices=[SelectChoice(*each) for each in OWN_NAMES])
    message = TextLines(_l("Your own words"), most=LONGEST_MESSAGE)

    def offer(
        self, event: EventView, delegations: Sequence[tuple[int, Localized]], *, all_seen: bool
    ) -> Self:
        """Offer the delegations of the forum that the reader invites into; none too, where they see all."""
        self.event = event
        choices = [SelectChoice(str(key), title.in_language(language())) for key, title in delegations]
        self.delegation.choices = [SelectChoice("", _l("None")), *choices] if all_seen else choices
        return self

    @property
    def terms(self) -> Terms:
        return Terms(
            category=Category(self.category.data),
            language=self.language.data,
            delegation_id=int(self.delegation.data) if self.delegation.data else None,
            message=self.message.data,
            expires_at=self.expires_at,
        )


class InviteForm(TermsFields, FlaskForm):
    """People as lines or as a workbook. ``seen`` tells by which lines a look was taken before."""

    people = TextLines(_l("People, one a line: name; e-mail"), most=_MOST_TEXT)
    book = FileField(_l("Or a workbook (.xlsx) with names and addresses"))
    seen = HiddenField()

    @property
    def has_book(self) -> bool:
        return bool(self.book.data and self.book.data.filename)

    @property
    def was_seen(self) -> bool:
        """Whether exactly these lines were looked at."""
        return bool(self.people.data) and self.seen.data == self._fingerprint and not self.has_book

    def mark_seen(self, *, is_seen: bool) -> None:
        """For the page that shows the look: what is sent from it was looked at."""
        self.seen.data = self._fingerprint if is_seen else ""

    @property
    def _fingerprint(self) -> str:
        return hashlib.sha256((self.people.data or "").encode()).hexdigest()[:16]


class LinkForm(TermsFields, FlaskForm):
    """One link for many people."""

    name = TextLine(_l("What the link is for"), most=LONGEST_NAME)
    most_uses = WholeNumberField(_l("How many people may register by it"), least=1, most=MOST_USES)

    def offer(self, *args: Any, **options: Any) -> Self:
        demand(self.name, _l("Say what the link is for: only organisers read it."))
        return super().offer(*args, **options)


class InvitationForm(UntilFields, FlaskForm):
    """What can be changed about an invitation that is out already."""

    most_uses = WholeNumberField(_l("How many people may register by it"), least=1, most=MOST_USES)

    @classmethod
    def of(cls, event: EventView, found: InvitationView) -> Self:
        """The form as the invitation stands, or as it was sent."""
        ends = found.expires_at.astimezone(event.zone).date().isoformat() if found.expires_at else ""
        form = cls(data={"until": ends, "most_uses": found.most_uses})
        form.event = event
        if found.is_personal:
            del form.most_uses
        return form

    def wanted(self, found: InvitationView) -> dict[str, Any]:
        """What the form wants of the invitation; people's own are always for one."""
        most_uses = found.most_uses if found.is_personal else self.most_uses.data
        return {"expires_at": self.expires_at, "most_uses": most_uses}

    def refuse(self, code: str, words: str) -> None:
        """Say at its field what was refused."""
        is_of_uses = code in ("bad_most_uses", "invitation_used_more", "quota_too_small")
        field = self.most_uses if is_of_uses and "most_uses" in self else self.until
        field.errors = [words]


def chosen_filter(address: MultiDict[str, str], seen: frozenset[int] | None) -> InvitationFilter:
    """The filter in ``address``; what makes no sense there filters nothing."""
    state, category = address.get("state"), address.get("category")
    return InvitationFilter(
        text=address.get("q", ""),
        state=InvitationState(state) if state in list(InvitationState) else None,
        category=Category(category) if category in list(Category) else None,
        delegation_id=address.get("delegation", type=row_number),
        is_personal={"person": True, "link": False}.get(address.get("kind", "")),
        delegations=seen,
    )
