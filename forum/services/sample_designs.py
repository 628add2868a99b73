"""The design of officials' badges of the invented forum: photo and logo, on the back the day and a plan."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from forum.domain.localized import Localized
from forum.domain.states import Category
from forum.policy import SYSTEM
from forum.printing.designs import BACK, CODE, DAY, PHOTO, PICTURE, TEXT, Block, Design, Row, standard
from forum.printing.sheets import A6
from forum.services import design_pictures, designs

TITLE: Final = "Официальные лица"
LOGO: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120">'
    b'<path fill="#0b6b74" d="M60 6 114 60 60 114 6 60z"/>'
    b'<path fill="#fff" d="M60 24 96 60 60 96 24 60z"/>'
    b'<path fill="#c98a1b" d="M18 66c14-14 28-14 42 0s28 14 42 0l-14 14c-10 8-20 6-28-1s-18-9-28 1z"/>'
    b'<path fill="#0b6b74" d="M60 34 77 51H43z"/></svg>'
)

PLAN: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 890 520">'
    b'<path fill="#f3f5f8" stroke="#5c6370" stroke-width="4" d="M4 4h882v512H4z"/>'
    b'<path fill="#dce6fb" stroke="#5c6370" stroke-width="3" d="M20 20h280v230H20z"/>'
    b'<path fill="#d9f0e4" stroke="#5c6370" stroke-width="3" d="M310 20h280v230H310z"/>'
    b'<path fill="#fbe9d2" stroke="#5c6370" stroke-width="3" d="M600 20h270v230H600z"/>'
    b'<path fill="#ffffff" stroke="#5c6370" stroke-width="3" d="M20 340h280v160H20z"/>'
    b'<path fill="#f7dcdc" stroke="#5c6370" stroke-width="3" d="M600 340h270v160H600z"/>'
    b'<path fill="#0b6b74" d="M430 516v-60h-24l44-52 44 52h-24v60z"/>'
    b'<path fill="#b3261e" d="M720 440v-20h-20v-30h20v-20h30v20h20v30h-20v20z"/></svg>'
)
_ROOMS: Final = (
    (10.0, 98.0, Localized(ru="Пленарный зал", kk="Пленарлық зал", en="Plenary hall")),
    (40.0, 98.0, Localized(ru="Столы переговоров", kk="Келіссөз үстелдері", en="Meeting tables")),
    (68.5, 98.0, Localized(ru="Обед", kk="Түскі ас", en="Lunch")),
    (10.0, 128.0, Localized(ru="Регистрация", kk="Тіркеу", en="Registration")),
    (68.5, 132.5, Localized(ru="Медпункт", kk="Медициналық пункт", en="First aid")),
)


def write(event_id: int) -> None:
    """Within ``sample.load``: the design, published and used for officials."""
    logo, plan = (design_pictures.clean(drawing) for drawing in (LOGO, PLAN))
    design_pictures.put(event_id=event_id, picture=logo, name="Знак форума.svg")
    design_pictures.put(event_id=event_id, picture=plan, name="План площадки.svg")
    design_id = designs.add(
        actor=SYSTEM, event_id=event_id, title=TITLE, design=for_officials(logo.key, plan.key)
    )
    designs.publish(actor=SYSTEM, event_id=event_id, design_id=design_id, version=1)
    officials = [Category.OFFICIAL]
    designs.use(actor=SYSTEM, event_id=event_id, design_id=design_id, categories=officials)


def for_officials(logo: str, plan: str) -> Design:
    """The standard one, made narrower for what is added; ``logo`` and ``plan`` are keys of pictures."""
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
        Block(kind=DAY, x=8, y=8, width=89, height=76, side=BACK),
        Block(kind=PICTURE, x=8, y=88, width=89, height=52, picture=plan, side=BACK),
        *(_label(x, y, words) for x, y, words in _ROOMS),
    )
    return replace(begin, blocks=blocks, slot="middle", fold="double")


def _label(x: float, y: float, words: Localized) -> Block:
    """What a room of the plan is called: letters in drawings could not follow the language of a badge."""
    row = Row(field="free", weight=500, max_pt=7, legible_pt=6, min_pt=5, max_lines=2, free=words)
    return Block(kind=TEXT, x=x, y=y, width=26, height=6.5, rows=(row,), align="center", side=BACK)
