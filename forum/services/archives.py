"""An archive: files with a manifest that says what each must be, in one compressed tar."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from forum.errors import ForumError

_FORMAT: Final = 1
_MANIFEST: Final = "manifest.json"
_CHUNK: Final = 1 << 20
_UNREADABLE: Final = (
    tarfile.TarError,
    gzip.BadGzipFile,
    zlib.error,
    EOFError,
    ValueError,
    KeyError,
    TypeError,
)


@dataclass(frozen=True)
class Entry:
    """A file of the archive: its name with slashes, its size in bytes, its SHA-256 in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What an archive says about itself. ``document_key`` is a fingerprint, never the key."""

    version: str
    made_at: str
    database: str  # sqlite or postgresql
    revision: str
    document_key: str
    with_keys: bool
    entries: tuple[Entry, ...] = ()


def listed(folder: Path) -> tuple[Entry, ...]:
    """Every file below ``folder``, in the order of names."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple(
        Entry(path.relative_to(folder).as_posix(), path.stat().st_size, _digest(path)) for path in files
    )


def pack(folder: Path, manifest: Manifest, out: Path) -> None:
    """Write the files of ``folder`` that ``manifest`` lists, readable by the owner only.

    ``out`` appears when it is complete and on the disk, not before.
    """
    fresh = out.with_name(f"{out.name}.partial")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz") as tar:
            content = json.dumps({"format": _FORMAT, **asdict(manifest)}, indent=1).encode()
            tar.addfile(_header(_MANIFEST, len(content)), BytesIO(content))
            for entry in manifest.entries:
                with (folder / entry.name).open("rb") as source:
                    tar.addfile(_header(entry.name, entry.size), source)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(out)


def unpack(archive: Path, folder: Path) -> Manifest:
    """Write the archive's files below ``folder``, each compared with the manifest.

    Raises:
        ForumError: ``archive_damaged``, and nothing of the archive may be used; ``archive_unknown``
            where its format is none of ours.
    """
    try:
        with gzip.open(archive) as plain, tarfile.open(fileobj=plain, mode="r:") as tar:
            manifest = _manifest(tar)
            found = tuple(_unpacked(tar, folder))
            # Only at the very end does gzip compare its own checksum, which covers the manifest too.
            while plain.read(_CHUNK):
                pass
    except _UNREADABLE as error:
        raise ForumError("archive_damaged") from error
    if found != manifest.entries:
        raise ForumError("archive_damaged")
    return manifest


def _manifest(tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    source = tar.extractfile(first) if first and first.name == _MANIFEST else None
    if source is None:
        raise ForumError("archive_unknown")
    data: dict[str, Any] = json.load(source)
    if data.pop("format") != _FORMAT:
        raise ForumError("archive_unknown")
    return Manifest(**{**data, "entries": tuple(Entry(**entry) for entry in data["entries"])})


def _unpacked(tar: tarfile.TarFile, folder: Path) -> Iterator[Entry]:
    while (member := tar.next()) is not None:
        source = tar.extractfile(member) if member.isreg() and _is_within(member.name) else None
        if source is None:
            raise ValueError(member.name)
        target = folder / member.name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            yield Entry(member.name, member.size, _copied(source, file))


def _is_within(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _copied(source: IO[bytes], file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks(source):
        digest.update(chunk)
        file.write(chunk)
    return digest.hexdigest()


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for chunk in _chunks(file):
            digest.update(chunk)
    return digest.hexdigest()


def _chunks(source: IO[bytes]) -> Iterable[bytes]:
    return iter(lambda: source.read(_CHUNK), b"")


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o600
    return header
