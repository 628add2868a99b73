"""Designs: versions, what is printed after them, pictures that are made anew, files that carry them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from forum.domain.roles import Role
from forum.domain.states import Category, FileKind
from forum.errors import ForumError, NotAllowedError, StaleError
from forum.models import DesignPicture, Event
from forum.models.base import db
from forum.policy import SYSTEM
from forum.printing.designs import PHOTO, PICTURE, Block, Design, standard
from forum.printing.documents import BadgeDocument, content_hash
from forum.printing.sheets import A6
from forum.queries import badge_documents, events
from forum.queries import designs as known
from forum.services import badges, design_files, design_pictures, design_previews, designs, files
from forum.unit_of_work import transaction
from tests import factories
from tests.cast import actor
from tests.factories import given
from tests.printing.designs import centred
from tests.queries_counted import statements

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20z"/></svg>'


def _documents(event: Event) -> dict[str, BadgeDocument]:
    view = events.get(event.id)
    people = [row.id for row in event_people(event)]
    badges.issue(actor=SYSTEM, event_id=event.id, delegate_ids=people)
    return {each.category: each for each in badge_documents.badge_documents(view, people).values()}


def event_people(event: Event) -> list[Any]:
    db.session.expire_all()
    return list(db.session.query(factories.Delegate).filter_by(event_id=event.id))


def _published(event: Event, design: Design, *categories: Category) -> int:
    design_id = designs.add(actor=SYSTEM, event_id=event.id, title="Гости", design=design)
    designs.publish(actor=SYSTEM, event_id=event.id, design_id=design_id, version=1)
    designs.use(actor=SYSTEM, event_id=event.id, design_id=design_id, categories=categories)
    return design_id


def test_only_badges_of_its_people_change_with_a_version_that_is_published(app: Flask) -> None:
    event = given(factories.event)
    for category in (Category.OFFICIAL, Category.DELEGATE):
        given(factories.delegate, event=event, category=category)
    hashes = [{key: content_hash(each) for key, each in _documents(event).items()}]
    design_id = _published(event, centred(), Category.OFFICIAL)
    hashes.append({key: content_hash(each) for key, each in _documents(event).items()})
    designs.save(
        actor=SYSTEM, event_id=event.id, design_id=design_id, version=1, design=centred(accent="#aa0000")
    )
    hashes.append({key: content_hash(each) for key, each in _documents(event).items()})
    designs.publish(actor=SYSTEM, event_id=event.id, design_id=design_id, version=2)
    hashes.append({key: content_hash(each) for key, each in _documents(event).items()})
    assert [len({each[key] for each in hashes}) for key in ("official", "delegate")] == [3, 1]
    assert hashes[1] == hashes[2]  # a version that is only saved changes nothing that is printed


def test_two_editors_do_not_overwrite_each_other_and_the_same_is_no_new_version(app: Flask) -> None:
    event = given(factories.event)
    design_id = designs.add(actor=SYSTEM, event_id=event.id, title="Гости", design=centred())
    save = {"actor": SYSTEM, "event_id": event.id, "design_id": design_id, "version": 1}
    assert [designs.save(**save, design=each) for each in (centred(), centred(slot="middle"))] == [1, 2]
    with pytest.raises(StaleError, match="design_stale"):
        designs.save(**save, design=centred(slot="sides"))


def test_what_would_leave_badges_without_a_design_is_refused(app: Flask) -> None:
    event = given(factories.event)
    design_id = designs.add(actor=SYSTEM, event_id=event.id, title="Гости", design=centred())
    with pytest.raises(ForumError, match="design_unpublished"):
        designs.use(actor=SYSTEM, event_id=event.id, design_id=design_id, categories=[Category.PRESS])
    with pytest.raises(ForumError, match="design_wrong"):
        designs.add(actor=SYSTEM, event_id=event.id, title="Плохой", design=centred(fold="twice"))
    with pytest.raises(ForumError, match="design_title_taken"):
        designs.add(actor=SYSTEM, event_id=event.id, title=" Гости ", design=centred())
    with pytest.raises(NotAllowedError):
        designs.remove(actor=actor(Role.DESK, event_id=event.id), event_id=event.id, design_id=design_id)
    designs.publish(actor=SYSTEM, event_id=event.id, design_id=design_id, version=1)
    designs.use(actor=SYSTEM, event_id=event.id, design_id=design_id, categories=[Category.PRESS])
    with pytest.raises(ForumError, match="design_in_use"):
        designs.remove(actor=SYSTEM, event_id=event.id, design_id=design_id)
    designs.use(actor=SYSTEM, event_id=event.id, design_id=None, categories=list(Category))
    designs.remove(actor=SYSTEM, event_id=event.id, design_id=design_id)
    assert known.listed(event_id=event.id) == ()


def test_backs_and_photos_are_read_only_where_a_design_shows_them(app: Flask) -> None:
    event = given(factories.event)
    with transaction():
        photo = files.keep(event_id=event.id, kind=FileKind.PHOTO, content=b"-", media_type="image/jpeg")
    for category in (Category.OFFICIAL, Category.DELEGATE):
        given(factories.delegate, event=event, category=category, photo_id=photo.id)
    shows = Block(kind=PHOTO, x=70, y=20, width=20, height=26)
    design = centred(fold="top", blocks=(*centred().blocks, shows))
    _published(event, design, Category.OFFICIAL)
    made = _documents(event)
    found = {key: (each.photo is not None, each.back is not None) for key, each in made.items()}
    assert found == {"official": (True, True), "delegate": (False, False)}


def _png(size: tuple[int, int], mode: str = "RGBA") -> bytes:
    file = io.BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(file, "PNG")
    return file.getvalue()


def test_pictures_are_made_anew() -> None:
    kept = [design_pictures.clean(each) for each in (SVG, _png((2700, 27)), _png((90, 90), "RGB"))]
    assert [(each.media_type, each.width) for each in kept] == [
        ("image/svg+xml", 1000),
        ("image/png", 2600),
        ("image/png", 90),
    ]
    assert design_pictures.clean(kept[0].content) == kept[0]  # what is clean stays what it is


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "picture_empty"),
        (b"GIF89a", "picture_unreadable"),
        (_png((40, 40))[:200], "picture_unreadable"),
        (b"<svg/>", "drawing_unreadable"),
        (SVG.replace(b"<path", b'<image href="file:///etc/passwd"/><path'), "drawing_has_more"),
        (SVG.replace(b"<path", b"<text>x</text><path"), "drawing_has_more"),
        (SVG.replace(b"<path", b"<g>" * 5000), "drawing_unreadable"),
        (SVG.replace(b"<path", b"<g/>" * 5000 + b"<path"), "drawing_too_complex"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]>' + SVG, "drawing_unreadable"),
    ],
)
def test_what_is_no_harmless_picture_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(ForumError, match=code):
        design_pictures.clean(content)


def test_nothing_of_a_drawing_acts_or_leads_outside() -> None:
    wild = SVG.replace(b"<path", b'<path onclick="x()" style="fill:url(http://x)" stroke="url(#a)" id="i"')
    made = design_pictures.clean(wild).content.decode()
    found = [word in made for word in ("onclick", "http://x", "url(#a)", 'id="i"')]
    assert found == [False, False, True, True]


def test_a_drawing_loses_its_scripts_motion_and_links_and_keeps_what_they_hold() -> None:
    moving = b'<script>x()</script><a href="http://x"><path d="M0 0h40v20z"><animate dur="1s"/></path></a>'
    linked = SVG.replace(b'<path d="M0 0h40v20z"/>', moving)
    plain = SVG.replace(b'<path d="M0 0h40v20z"/>', b'<g><path d="M0 0h40v20z"/></g>')
    assert design_pictures.clean(linked) == design_pictures.clean(plain)


def _pictured(event: Event) -> Design:
    key = design_pictures.keep(
        actor=SYSTEM, event_id=event.id, picture=design_pictures.clean(SVG), name="знак.svg"
    )
    logo = Block(kind=PICTURE, x=80, y=6, width=17, height=10, picture=key)
    design = standard(A6).design
    return replace(design, blocks=(*design.blocks, logo))


def test_a_design_goes_to_another_forum_with_its_pictures(app: Flask) -> None:
    event, other = given(factories.event), given(factories.event)
    design_id = _published(event, _pictured(event))
    view = known.find(event_id=event.id, row_id=design_id)
    assert view is not None
    content, media_type = design_files.written(event_id=event.id, view=view, number=1)
    taken = design_files.take(actor=SYSTEM, event_id=other.id, sent=content)
    there = known.version(design_id=taken, number=1)
    assert (media_type, there) == ("application/zip", known.version(design_id=design_id, number=1))
    assert there is not None
    assert [file.width for file in known.used(event_id=other.id, design=there).files] == [1000]
    [picture] = known.pictures(event_id=event.id)
    with pytest.raises(ForumError, match="picture_in_use"):
        design_pictures.remove(actor=SYSTEM, event_id=event.id, picture_id=picture.id)


def _zip(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", _zip("other.json", b"{}"), _zip("design.json", b"\xff" * 9), b"[" * 100_000]
)
def test_what_is_no_design_is_refused_and_nothing_kept(app: Flask, content: bytes) -> None:
    event = given(factories.event)
    with pytest.raises(ForumError, match="design_no_file"):
        design_files.take(actor=SYSTEM, event_id=event.id, sent=content)
    assert db.session.query(DesignPicture).count() == 0


def test_the_hardest_people_are_shown_each_once(app: Flask) -> None:
    event = given(factories.event)
    names = {"Ли": "Вера", "Верхнеуральская-Голенищева": "Анна", "Ұйымшыл": "Һәким", "Иванов": "Иван"}
    rows = {
        family: given(factories.delegate, event=event, family_name=family, given_name=name)
        for family, name in names.items()
    }
    chosen = design_previews.hardest(event_id=event.id)
    assert chosen["longest_name"] == rows["Верхнеуральская-Голенищева"].id
    assert len(set(chosen.values())) == len(chosen) == 4
    view = events.get(event.id)
    with statements(app) as told:
        shown = design_previews.shown(event=view, design=centred())
    assert ([each.why for each in shown], len(told) < 6) == (list(design_previews.HARDEST), True)
    assert design_previews.png(shown[0], width=200)[:4] == b"\x89PNG"


def test_without_people_somebody_invented_is_shown(app: Flask) -> None:
    event = given(factories.event)
    [shown] = design_previews.shown(event=events.get(event.id), design=centred())
    assert (shown.delegate_id, shown.document.code) == (None, "PREVIEW")
