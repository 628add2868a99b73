"""Documents for the tests of the papers, and ways to read a PDF back."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image
from pypdf import PdfReader

from forum.printing.documents import AgendaDay, AgendaDocument, AgendaEntry, BadgeDocument
from tests.tools import need


def badge(**changes: Any) -> BadgeDocument:
    fields: dict[str, Any] = {
        "language": "ru",
        "event_title": ("Форум «Берег — Степь»", "«Жаға — Дала» форумы"),
        "dates": "12–13 мая 2027",
        "place": "Зареченск",
        "family": "Туманова",
        "given": "Вера",
        "patronymic": "Львовна",
        "latin_name": "Vera Tumanova",
        "position": "Главный технолог",
        "company": "ООО «Лён и нить»",
        "delegation": "Приречный край",
        "category": "delegate",
        "category_label": "Делегат · Delegate",
        "number": "0042",
        "code": "https://forum.example/b/7F3KQ9XW2M",
    }
    return BadgeDocument(**{**fields, **changes})


def entry(**changes: Any) -> AgendaEntry:
    fields: dict[str, Any] = {"kind": "meeting", "start": "10:00", "end": "10:20"}
    return AgendaEntry(**{**fields, **changes})


def agenda(**changes: Any) -> AgendaDocument:
    fields: dict[str, Any] = {
        "language": "ru",
        "event_title": "Форум «Берег — Степь»",
        "dates": "12–13 мая 2027",
        "place": "Зареченск",
        "person": "Туманова Вера Львовна",
        "position": "Главный технолог",
        "company": "ООО «Лён и нить»",
        "days": (
            AgendaDay(
                date_label="Среда, 12 мая",
                entries=(
                    entry(kind="session", start="09:00", end="10:00", title="Открытие", place="Большой зал"),
                    entry(company="«Дала жүні» ЖШС", with_whom="Әсел Нұрланқызы", table="7", place="Зал Б"),
                ),
            ),
        ),
        "time_zone": "Время московское",
        "contacts": "Штаб: +7 000 000-00-00",
        "printed_label": "Напечатано 11 мая, 18:40",
    }
    return AgendaDocument(**{**fields, **changes})


def page_texts(pdf: bytes) -> list[str]:
    """The words of each page in the order they were drawn, separated by single spaces."""
    read = subprocess.run([need("pdftotext"), "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return [" ".join(page.split()) for page in read.stdout.decode().split("\f")[:-1]]


def font_names(pdf: bytes) -> set[str]:
    """Names of all fonts in the file, without the prefix of the subset."""
    names = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            names.add(str(font.get_object()["/BaseFont"]).lstrip("/").split("+")[-1])
    return names


def pictures(pdf: bytes, folder: Path, dpi: int = 100) -> list[Image.Image]:
    source = folder / "paper.pdf"
    source.write_bytes(pdf)
    subprocess.run([need("pdftoppm"), "-r", str(dpi), str(source), str(folder / "page")], check=True)
    opened = []
    for path in sorted(folder.glob("page*.ppm"), key=lambda path: int(path.stem.split("-")[-1])):
        with Image.open(path) as picture:
            opened.append(picture.convert("L"))
        path.unlink()
    return opened


def codes(picture: Image.Image) -> list[str]:
    """What the QR codes of a picture say, from top to bottom and left to right."""
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCodeModel2)
    return [each.text for each in sorted(found, key=lambda each: _corner(each.position.top_left))]


def _corner(point: Any) -> tuple[int, int]:
    return round(point.y / 50), point.x
