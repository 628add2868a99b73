"""The invented form of a host, with what its columns hold, a list made and sent, and maps drawn."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import Any, Final

from PIL import Image, ImageDraw
from sqlalchemy import select

from forum.domain.localized import Localized
from forum.models import Site, Visit
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import access_lists as known
from forum.sample.host_templates import access_list_form
from forum.services import access_lists, host_templates, sample_technopark, sites
from forum.workbooks.access_fields import VisitFact

_ESIPOVO: Final = "esipovo"
_Point = tuple[int, int]


@dataclass(frozen=True)
class _Way:
    road: tuple[_Point, _Point]
    turn: _Point
    gate: _Point
    buildings: tuple[_Point, ...]


_WAYS: Final = {
    _ESIPOVO: _Way(
        ((0, 300), (800, 250)), (520, 268), (470, 119), ((330, 60), (430, 40), (560, 70), (610, 140))
    ),
    "istok": _Way(
        ((180, 0), (260, 420)), (228, 250), (480, 210), ((520, 120), (520, 200), (620, 120), (620, 200))
    ),
    sample_technopark.CODE: _Way(
        ((0, 120), (800, 360)), (330, 220), (420, 80), ((450, 40), (550, 60), (460, 120), (650, 90))
    ),
}
_PROGRAMME: Final = Localized(
    ru="Встреча у проходной\nОбход двух корпусов\nРазговор с резидентами за чаем",
    kk="Өткізу орнында кездесу\nЕкі корпусты аралау\nРезиденттермен шай үстінде әңгіме",
    en="Welcome at the gate\nA walk through two buildings\nTea with residents",
)


def write(event_id: int) -> None:
    """Within the command that writes the forum."""
    site = db.session.scalars(select(Site).where(Site.event_id == event_id, Site.code == _ESIPOVO)).one()
    for each in db.session.scalars(select(Site).where(Site.event_id == event_id).order_by(Site.id)).all():
        sites.put_map(
            actor=SYSTEM, event_id=event_id, site_id=each.id, content=_map(each.code), name="map.png"
        )
    visit = db.session.scalars(select(Visit).where(Visit.site_id == site.id).order_by(Visit.id)).first()
    whose: dict[str, Any] = {"actor": SYSTEM, "event_id": event_id, "site_id": site.id}
    host_templates.put(content=access_list_form(), name="zayavka.xlsx", **whose)
    found = known.template(event_id=event_id, site_id=site.id)
    if found is None or visit is None:
        return
    layout = replace(
        found.layout,
        constants={"G": "экскурсия"},
        cells={"C4": VisitFact.DATE, "C5": VisitFact.COUNT},
    )
    host_templates.set_layout(template_id=found.file_id, layout=layout, **whose)
    visit.programme = _PROGRAMME
    db.session.flush()
    made = access_lists.make(actor=SYSTEM, event_id=event_id, visit_id=visit.id)
    access_lists.mark_sent(actor=SYSTEM, event_id=event_id, list_id=made.id)


def _map(code: str) -> bytes:
    """A sketch of a way to a gate that is nowhere: a main road, the way off it, buildings, the gate."""
    way = _WAYS.get(code, _WAYS[_ESIPOVO])
    picture = Image.new("RGB", (800, 420), "#eef2ea")
    draw = ImageDraw.Draw(picture)
    for line, width in ((way.road, 26), ((way.turn, way.gate), 16)):
        draw.line(line, fill="#ffffff", width=width + 6)
        draw.line(line, fill="#c9cfd6", width=width)
    for left, top in way.buildings:
        draw.rectangle((left, top, left + 78, top + 48), fill="#b8c4d0", outline="#8a97a5")
    x, y = way.gate
    draw.ellipse((x - 12, y - 13, x + 14, y + 13), fill="#0b5c74")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
