"""The README's first command, as a newcomer types it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.tools import need

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("commands")]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def started(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """``bin/run`` with its own instance and process group, once it has said that it is open."""
    port = _free_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("FORUM_")}
    process = subprocess.Popen(
        [ROOT / "bin" / "run", "--port", str(port)],
        env={**environment, "FORUM_INSTANCE_PATH": str(tmp_path), "WEB_CONCURRENCY": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if "is open at" in line:
            break
    try:
        yield process, "".join(said)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.stdout.close()
        process.wait()


def _address(said: str) -> str:
    return next(word for word in said.split() if word.startswith("http://"))


def test_it_serves_the_sample_forum_until_ctrl_c_ends_every_process(
    started: tuple[subprocess.Popen[str], str],
) -> None:
    """One story, because a start from nothing is the dearest part of it."""
    process, said = started
    with urlopen(_address(said)) as page:
        assert page.status == 200
    roles = {line.split()[0] for line in said.splitlines() if "@forum.example" in line}
    assert roles == {"organiser", "protocol", "coordinator", "desk", "host", "interpreter", "delegate"}
    os.killpg(process.pid, signal.SIGINT)
    process.wait(timeout=60)
    assert _members_of(process.pid) == []


def _members_of(group: int) -> list[str]:
    """Processes of the group that still run."""
    listing = subprocess.run(
        [need("ps"), "-eo", "pgid=,stat=,args="], capture_output=True, text=True, check=True
    )
    rows = [line.split(None, 2) for line in listing.stdout.splitlines()]
    return [args for pgid, stat, args in rows if int(pgid) == group and not stat.startswith("Z")]


def test_an_unknown_option_is_refused() -> None:
    done = subprocess.run([ROOT / "bin" / "run", "--prot", "1"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "Unknown option: --prot (try --help)\n")


def test_a_port_that_is_taken_is_refused(tmp_path: Path) -> None:
    """Otherwise the stranger who has it would answer, and be called open."""
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        port = stranger.getsockname()[1]
        done = subprocess.run(
            [ROOT / "bin" / "run", "--port", str(port)],
            env={**os.environ, "FORUM_INSTANCE_PATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
    last = done.stderr.splitlines()[-1]
    assert (done.returncode, last, list(tmp_path.iterdir())) == (
        1,
        f"Port {port} of 127.0.0.1 cannot be opened (Address already in use)."
        " Another one: bin/run --port 8001",
        [],
    )
