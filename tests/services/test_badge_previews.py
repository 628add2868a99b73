"""What a badge will look like, before there is one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import func, select

from forum.domain.localized import Localized
from forum.domain.profile import Profile
from forum.domain.states import Category
from forum.models import Badge, Delegate, Event
from forum.models.base import db
from forum.policy import SYSTEM
from forum.printing.documents import content_hash
from forum.queries import badge_documents, events
from forum.queries.events import EventView
from forum.services import badge_previews, badges, profiles
from forum.services.badge_previews import BadgePreview
from forum.unit_of_work import transaction
from forum.web.badge_words import alt_text, finding_sentences
from tests import factories
from tests.queries_counted import statements

VERA = Profile(
    family_name="Туманова",
    given_name="Вера",
    patronymic="Львовна",
    latin_family_name="Tumanova",
    latin_given_name="Vera",
    position=Localized(ru="главный технолог", kk="бас технолог"),
)
FIRM = Localized(ru="ООО «Лён и нить»")


def forum() -> EventView:
    return events.get(factories.given(factories.event).id)


def of(
    event: EventView, profile: Profile = VERA, company: Localized = FIRM, **values: Category
) -> BadgePreview:
    category = values.get("category", Category.DELEGATE)
    return badge_previews.of_profile(event=event, profile=profile, category=category, company=company)


def person(event: EventView, **values: object) -> Delegate:
    return factories.given(lambda: factories.delegate(db.session.get_one(Event, event.id), **values))


def found(preview: BadgePreview) -> list[tuple[str, str]]:
    return [(each.code, each.field) for each in preview.findings]


def test_a_badge_that_is_right_has_nothing_said_against_it(app: Flask) -> None:
    assert found(of(forum())) == []


def test_the_picture_is_a_png(app: Flask) -> None:
    assert badge_previews.png(of(forum()))[:8] == b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("changes", "company", "expected"),
    [
        ({"latin_family_name": None, "latin_given_name": None}, FIRM, [("missing_latin_name", "latin_name")]),
        ({}, Localized(), [("missing_company", "company")]),
        ({}, Localized(ru="Р" * 60), [("broken_word", "company")]),
        ({}, Localized(ru="Очень длинное название " * 12), [("cut_text", "company")]),
        ({"family_name": "Тумано\u13a0ва"}, FIRM, [("missing_glyph", "family")]),
    ],
)
def test_what_the_person_can_mend_is_found(
    app: Flask, changes: dict[str, str | None], company: Localized, expected: list[tuple[str, str]]
) -> None:
    assert found(of(forum(), replace(VERA, **changes), company)) == expected


@pytest.mark.parametrize("category", [Category.COMPANION, Category.INTERPRETER, Category.STAFF])
def test_who_needs_no_company_is_not_told_that_it_is_missing(app: Flask, category: Category) -> None:
    assert found(of(forum(), company=Localized(), category=category)) == []


def test_endless_texts_are_drawn_as_fast_as_others(app: Flask) -> None:
    endless = replace(VERA, family_name="а " * 50_000, position=Localized(ru="б-" * 50_000))
    preview = of(forum(), endless)
    assert max(len(preview.document.family), len(preview.document.position)) == 300
    assert badge_previews.png(preview)[:4] == b"\x89PNG"


def test_a_preview_issues_no_badge(any_app: Flask) -> None:
    event = forum()
    row = person(event)
    preview = badge_previews.of_delegate(event=event, delegate_id=row.id)
    assert preview is not None
    badge_previews.png(preview)
    assert db.session.scalar(select(func.count()).select_from(Badge)) == 0


def test_the_preview_says_what_will_be_printed(app: Flask) -> None:
    event = forum()
    row = person(event)
    badges.issue(actor=SYSTEM, event_id=event.id, delegate_ids=[row.id])
    real = badge_documents.badge_documents(event, [row.id])[row.id]
    preview = badge_previews.of_delegate(event=event, delegate_id=row.id)
    assert preview is not None
    assert replace(real, code=preview.document.code) == preview.document


def test_a_new_code_leaves_a_confirmation_valid(app: Flask) -> None:
    event = forum()
    row = person(event)
    preview = badge_previews.of_delegate(event=event, delegate_id=row.id)
    assert preview is not None
    _confirm(row, preview.content)
    badges.issue(actor=SYSTEM, event_id=event.id, delegate_ids=[row.id])
    assert badge_documents.confirmed(event, [row.id]) == {row.id}


def test_a_printed_field_that_changes_ends_a_confirmation(app: Flask) -> None:
    event = forum()
    row = person(event)
    preview = badge_previews.of_delegate(event=event, delegate_id=row.id)
    assert preview is not None
    _confirm(row, preview.content)
    with transaction():
        profiles.put(db.session.merge(row), replace(VERA, family_name="Другая"))
    assert badge_documents.confirmed(event, [row.id]) == frozenset()


def test_nobody_of_another_forum_is_shown(app: Flask) -> None:
    here, there = forum(), forum()
    assert badge_previews.of_delegate(event=there, delegate_id=person(here).id) is None


def test_confirmations_of_many_are_read_at_once(app: Flask) -> None:
    event = forum()
    ids = [person(event).id for _ in range(3)]
    db.session.expunge_all()
    with statements(app) as one:
        badge_documents.confirmed(event, ids[:1])
    with statements(app) as three:
        badge_documents.confirmed(event, ids)
    assert len(one) == len(three)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Company: nothing is printed."),
        ("ru", "Компания: ничего не напечатано."),
        ("kk", "Компания: ештеңе басылмайды."),
    ],
)
def test_findings_are_said_in_the_readers_words(app: Flask, language: str, sentence: str) -> None:
    with app.test_request_context(), force_locale(language):
        assert finding_sentences(of(forum(), company=Localized())) == (sentence,)


def test_the_picture_has_its_words(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        said = alt_text(of(forum()))
    assert said == (
        "How the badge will look: Туманова; Вера Львовна; Vera Tumanova; ООО «Лён и нить»; главный технолог; "
        "№ …; ДЕЛЕГАТ · DELEGATE"
    )


def _confirm(row: Delegate, content: str) -> None:
    with transaction():
        db.session.merge(row).badge_confirmed_hash = content


def test_the_hash_is_that_of_the_document(app: Flask) -> None:
    preview = of(forum())
    assert preview.content == content_hash(preview.document)
