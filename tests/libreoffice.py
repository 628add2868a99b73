"""LibreOffice as a host has it: opens a locked workbook with its password and saves what it has read."""

from __future__ import annotations

import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

_MACRO = """
Sub Main(source As String, password As String, target As String)
  On Error GoTo Done
  Dim opening(1) As New com.sun.star.beans.PropertyValue
  opening(0).Name = "Hidden" : opening(0).Value = True
  opening(1).Name = "Password" : opening(1).Value = password
  book = StarDesktop.loadComponentFromURL(source, "_blank", 0, opening())
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  saving(0).Name = "FilterName" : saving(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL(target, saving())
  book.close(True)
Done:
  StarDesktop.terminate()
End Sub
"""
_MODULE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
    f'script:language="StarBasic">{escape(_MACRO)}</script:module>'
)


def opened_with(password: str, source: Path, target: Path) -> bool:
    """Whether LibreOffice opened the .xlsx ``source`` with ``password`` and wrote what it read to ``target``.

    The command line takes no password for a file, so a macro of a profile of our own does. Whatever goes
    wrong in it ends it: its box with the error would wait for somebody who is not there.
    """
    profile = target.parent / "profile"
    program = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    _run([*program, "--terminate_after_init"])  # makes the profile, and the empty module with it
    (profile / "user" / "basic" / "Standard" / "Module1.xba").write_text(_MODULE, encoding="utf-8")
    _run([*program, f'macro:///Standard.Module1.Main("{source.as_uri()}","{password}","{target.as_uri()}")'])
    return target.exists()


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=120)
