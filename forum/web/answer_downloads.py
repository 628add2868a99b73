"""Files that people sent as answers, for whoever may see them: to keep, never to run here."""

from __future__ import annotations

import io
import mimetypes

from flask import abort, send_file
from flask.typing import ResponseReturnValue

from forum.queries import answers
from forum.services import files


def answer_file(
    event_code: str, event_id: int, delegate_id: int, number: int, question_id: int
) -> ResponseReturnValue:
    """The file as a download under a name of our own: what its sender called it is no name for a disk."""
    found = answers.file(event_id=event_id, delegate_id=delegate_id, question_id=question_id)
    content = files.content(event_id=event_id, file_id=found.file_id) if found else None
    if found is None or content is None:
        abort(404)
    ending = mimetypes.guess_extension(found.media_type) or ""
    name = f"{event_code}-{number}-{found.code}{ending}"
    return send_file(io.BytesIO(content), mimetype=found.media_type, as_attachment=True, download_name=name)
