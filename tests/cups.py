"""A CUPS server of one's own with PDF printers: real queues, real filters, files instead of paper."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from forum.ipp import Printer, PrinterError
from tests.tools import missing

_CUPSD: Final = "/usr/sbin/cupsd"
_BACKEND: Final = Path("/usr/lib/cups/backend/cups-pdf")
_PPD: Final = "/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd"
_FASTEST: Final = "pdftops-renderer-default=pdftops"
_SETTINGS: Final = Path("/etc/cups")
"""The one place where the PDF printer looks for its settings."""


@dataclass(frozen=True)
class PdfPrinter:
    """A printer, and the folder into which its pages fall."""

    name: str
    server: str
    folder: Path

    @property
    def queue(self) -> Printer:
        return Printer(self.name, self.server)

    def came_out(self) -> list[str]:
        """The titles of everything printed, each as often as it came out."""
        return sorted(path.stem.partition("-")[2] for path in self.folder.iterdir())


@contextmanager
def cups(*names: str) -> Iterator[tuple[PdfPrinter, ...]]:
    """A server on a free port with printers of these names; without CUPS the test is skipped or fails."""
    if os.geteuid() != 0 or not Path(_CUPSD).exists() or not _BACKEND.exists():
        missing("CUPS with its PDF printer, and the rights to start it")
    with tempfile.TemporaryDirectory(prefix="cups-") as folder:
        yield from _served(Path(folder), names)


def _served(folder: Path, names: tuple[str, ...]) -> Iterator[tuple[PdfPrinter, ...]]:
    folder.chmod(0o755)  # filters do not run as root
    port = _free_port()
    server = f"127.0.0.1:{port}"
    made = [_printer(folder, name, server) for name in names]
    process = subprocess.Popen([_CUPSD, "-f", *_configured(folder, port)], stderr=subprocess.DEVNULL)
    try:
        _wait_until_up(server)
        for printer in made:
            add = ["lpadmin", "-h", server, "-p", printer.name, "-E", "-P", _PPD, "-o", _FASTEST, "-v"]
            subprocess.run([*add, f"cups-pdf:/{printer.name}"], check=True, stderr=subprocess.DEVNULL)
        yield tuple(made)
    finally:
        process.terminate()
        process.wait(10)
        for printer in made:
            _settings_of(printer.name).unlink()


def _settings_of(name: str) -> Path:
    return _SETTINGS / f"cups-pdf-{name}.conf"


def _printer(folder: Path, name: str, server: str) -> PdfPrinter:
    out = folder / name
    out.mkdir()
    out.chmod(0o777)
    _settings_of(name).write_text(
        f"Out {out}\nAnonDirName {out}\nSpool {folder / 'spooled'}\nAnonUser root\nGSTmp {folder}\n"
        f"Log {folder}\nLabel 1\nTitlePref 1\nTruncate 200\n"
    )
    return PdfPrinter(name, server, out)


def _configured(folder: Path, port: int) -> list[str]:
    places = {
        "ServerRoot": "root",
        "RequestRoot": "requests",
        "TempDir": "temp",
        "StateDir": "state",
        "CacheDir": "cache",
    }
    for name in places.values():
        (folder / name).mkdir()
    (folder / places["TempDir"]).chmod(0o1777)
    files, scheduler = folder / "cups-files.conf", folder / "cupsd.conf"
    lines = [f"{key} {folder / name}" for key, name in places.items()]
    lines += [f"{key}Log {folder / key.lower()}" for key in ("Access", "Error", "Page")]
    files.write_text("\n".join([*lines, "SystemGroup root", "Printcap", ""]))
    scheduler.write_text(
        f"Listen 127.0.0.1:{port}\nBrowsing Off\nDefaultAuthType None\nWebInterface No\nMaxJobs 0\n"
        "PreserveJobHistory Yes\n<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
        "<Policy default>\n<Limit All>\nOrder deny,allow\nAllow all\n</Limit>\n</Policy>\n"
    )
    return ["-c", str(scheduler), "-s", str(files)]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _wait_until_up(server: str) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            Printer("none", server).check()
        except PrinterError as error:
            if error.code == "printer_unknown":
                return
        time.sleep(0.02)
    raise TimeoutError("CUPS has not come up")
