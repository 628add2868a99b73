"""The design of badges for officials of the invented forum: with a photo and the forum's logo."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from forum.domain.states import Category
from forum.policy import SYSTEM
from forum.printing.designs import CODE, PHOTO, PICTURE, TEXT, Block, Design, standard
from forum.printing.sheets import A6
from forum.services import design_pictures, designs

TITLE: Final = "Официальные лица"
_LOGO: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120">'
    b'<path fill="#0b6b74" d="M60 6 114 60 60 114 6 60z"/>'
    b'<path fill="#fff" d="M60 24 96 60 60 96 24 60z"/>'
    b'<path fill="#c98a1b" d="M18 66c14-14 28-14 42 0s28 14 42 0l-14 14c-10 8-20 6-28-1s-18-9-28 1z"/>'
    b'<path fill="#0b6b74" d="M60 34 77 51H43z"/></svg>'
)


def write(event_id: int) -> None:
    """Within ``sample.load``: the design, published and used for officials."""
    logo = design_pictures.clean(_LOGO)
    design_pictures.put(event_id=event_id, picture=logo, name="Знак форума.svg")
    design_id = designs.add(actor=SYSTEM, event_id=event_id, title=TITLE, design=_design(logo.key))
    designs.publish(actor=SYSTEM, event_id=event_id, design_id=design_id, version=1)
    officials = [Category.OFFICIAL]
    designs.use(actor=SYSTEM, event_id=event_id, design_id=design_id, categories=officials)


def _design(logo: str) -> Design:
    """The standard one, made narrower for what is added."""
    begin = standard(A6).design
    rule, head, body, foot, _code, band = begin.blocks
    names, work = body.rows[:2], body.rows[2:]
    blocks = (
        rule,
        replace(head, width=64.0),
        Block(kind=PICTURE, x=77, y=9, width=20, height=20, picture=logo),
        Block(kind=TEXT, x=8, y=36, width=89, height=32, rows=names),
        Block(kind=TEXT, x=8, y=71, width=58, height=36, rows=(replace(work[0], gap=0.0), *work[1:])),
        Block(kind=PHOTO, x=70, y=70, width=27, height=36),
        replace(foot, y=109.5, width=60.0, height=21.0),
        Block(kind=CODE, x=76, y=109.5, width=21, height=21),
        band,
    )
    return replace(begin, blocks=blocks, slot="middle")
