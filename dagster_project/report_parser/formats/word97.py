"""Old Word documents (doc), and rtf and odt: converted to docx by LibreOffice where it is installed, refused otherwise."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from .docx import read_docx
from .package import Package
from .reading import Reading, Unreadable, broken
from .signature import DOC, DOCX, ODT, RTF

TIMEOUT_SECONDS = 30
"""LibreOffice takes some seconds to start; a document that needs more than this is refused."""

_SUFFIXES = {DOC: ".doc", RTF: ".rtf", ODT: ".odt"}


def read_word97(data: bytes, media_type: str) -> Reading:
    """The document as LibreOffice converts it, in a folder and with a profile of its own that are removed afterwards.

    Raises:
        Unreadable: with code `unsupported_format` where LibreOffice (`soffice`) is not on the path, `broken_file` where it
            cannot convert the document in time, or as `read_docx`.
    """
    program = shutil.which("soffice")
    if program is None:
        message = "读取旧版 Word 文件需要 LibreOffice；请安装 LibreOffice（soffice），或另存为 .docx 后再放入。"
        raise Unreadable("unsupported_format", message, media_type)
    with tempfile.TemporaryDirectory(prefix="gongkai-") as name:
        folder = Path(name)
        source = folder / f"report{_SUFFIXES[media_type]}"
        source.write_bytes(data)
        _convert(program, source, folder)
        converted = source.with_suffix(".docx")
        if not converted.is_file():
            raise broken(media_type)
        package = Package(converted.read_bytes())
    if package.media_type != DOCX:
        raise broken(media_type)
    reading = read_docx(package)
    return Reading(reading.document, media_type, has_images=reading.has_images)


def _convert(program: str, source: Path, folder: Path) -> None:
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "docx",
        "--outdir",
        str(folder),
        str(source),
    ]
    # soffice is a script that starts the real program: both are in one process group, so that both can be ended.
    process = subprocess.Popen(
        command,
        env={**os.environ, "TMPDIR": str(folder)},  # what it leaves behind when it is ended goes with the folder
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        pass
    finally:  # also where a caller's own limit ends the reading
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
