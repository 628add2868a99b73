"""Designs as files: JSON, or a zip with the JSON and its pictures, for another forum to read."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from forum.errors import ForumError
from forum.policy import Actor
from forum.printing.design_data import as_file, from_file
from forum.printing.design_pictures import SVG, content
from forum.printing.designs import Design
from forum.printing.errors import PrintingError
from forum.queries import designs as known
from forum.queries.designs import DesignView
from forum.services import design_pictures, designs
from forum.services.design_pictures import Cleaned
from forum.unit_of_work import transactional

JSON: Final = "application/json"
ZIP: Final = "application/zip"
_NAME: Final = "design.json"
_FOLDER: Final = "pictures/"
_ENDINGS: Final = {SVG: "svg", "image/png": "png", "image/jpeg": "jpg"}
MOST_BYTES: Final = 40 * 1024 * 1024
_MOST_FILES: Final = 40
_MOST_BYTES_OF_JSON: Final = 1024 * 1024
_UNREADABLE: Final = (
    ValueError, LookupError, RecursionError, EOFError, RuntimeError, NotImplementedError, OSError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)


def written(*, event_id: int, view: DesignView, number: int) -> tuple[bytes, str]:
    """A version of a design as a file, and its media type: a zip where it shows pictures.

    Raises:
        ForumError: ``no_such_version``; ``printing_failed``: a picture is gone.
    """
    design = known.version(design_id=view.id, number=number)
    if design is None:
        raise ForumError("no_such_version", version=number)
    text = json.dumps(as_file(view.title, design), ensure_ascii=False, indent=2) + "\n"
    files = known.used(event_id=event_id, design=design).files
    if not files:
        return text.encode(), JSON
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        # Without the time of writing: equal designs make equal files.
        archive.writestr(zipfile.ZipInfo(_NAME, _EARLIEST), text)
        for file in files:
            name = f"{_FOLDER}{file.key}.{_ENDINGS[file.media_type]}"
            try:
                archive.writestr(zipfile.ZipInfo(name, _EARLIEST), content(file))
            except PrintingError as error:
                raise ForumError("printing_failed") from error
    return output.getvalue(), ZIP


def take(*, actor: Actor, event_id: int, sent: bytes, title: str = "") -> int:
    """Keep a design from such a file as a new one, called ``title`` or as the file says.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        ForumError: ``design_no_file``; ``picture_too_heavy``; as ``designs.add``, ``design_pictures.clean``.
    """
    data, pictures = _opened(sent)
    try:
        named, design = from_file(data)
    except PrintingError as error:
        raise ForumError("design_no_file", **error.data) from error
    made = {key: design_pictures.clean(each) for key, each in pictures.items()}
    return _keep(actor, event_id, title or named, design, made)


@transactional
def _keep(actor: Actor, event_id: int, title: str, design: Design, made: Mapping[str, Cleaned]) -> int:
    """Pictures are known by what they are: one that was made anew differs, and may be called otherwise."""
    renamed = {key: picture.key for key, picture in made.items() if key in design.pictures}
    blocks = tuple(
        replace(block, picture=renamed.get(block.picture, block.picture)) for block in design.blocks
    )
    design_id = designs.add(
        actor=actor, event_id=event_id, title=title, design=replace(design, blocks=blocks)
    )
    for key in renamed:
        design_pictures.put(event_id=event_id, picture=made[key], name=title)
    return design_id


def _opened(sent: bytes) -> tuple[Any, Mapping[str, bytes]]:
    if len(sent) > MOST_BYTES:
        raise ForumError("design_picture_too_heavy", most=MOST_BYTES // 1024**2)
    try:
        if not zipfile.is_zipfile(io.BytesIO(sent)):
            return json.loads(sent.decode("utf-8-sig")), {}
        with zipfile.ZipFile(io.BytesIO(sent)) as archive:
            return _read(archive)
    except _UNREADABLE as error:
        raise ForumError("design_no_file") from error


def _read(archive: zipfile.ZipFile) -> tuple[Any, Mapping[str, bytes]]:
    entries = archive.infolist()
    # What a zip says of its sizes is believed only as far as it is read.
    if len(entries) > _MOST_FILES or sum(each.file_size for each in entries) > 2 * MOST_BYTES:
        raise ForumError("design_no_file")
    data = json.loads(_some(archive, archive.getinfo(_NAME), _MOST_BYTES_OF_JSON).decode("utf-8-sig"))
    pictures = {
        each.filename.removeprefix(_FOLDER).partition(".")[0]: _some(
            archive, each, design_pictures.MOST_BYTES + 1
        )
        for each in entries
        if each.filename.startswith(_FOLDER) and not each.is_dir()
    }
    return data, pictures


def _some(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    with archive.open(entry) as file:
        return file.read(most)
