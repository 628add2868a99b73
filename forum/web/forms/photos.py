"""A photo in a form: the file, the part of it that was chosen, and taking the old one away."""

from __future__ import annotations

import math
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, HiddenField
from wtforms.validators import StopValidation

from forum.domain.portraits import Crop
from forum.errors import ForumError
from forum.sentences import describe
from forum.services.portraits import Portrait, portrait
from forum.web import photo_words  # noqa: F401 (registers what a photo can be refused for)

ACCEPTED: Final = "image/jpeg,image/png,image/webp"


class PhotoFields:
    """A base of forms beside ``FlaskForm``; ``_macros/photos.html`` draws it.

    The crop comes from a script; without it the picture is cropped by itself.
    """

    photo = FileField(_l("Photo"))
    photo_left = HiddenField()
    photo_top = HiddenField()
    photo_width = HiddenField()
    drop_photo = BooleanField(_l("Remove the photo"))

    made_portrait: Portrait | None = None

    def validate_photo(self, field: Any) -> None:
        """Make the portrait at once: what is wrong with a picture is said at its field."""
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            return
        try:
            self.made_portrait = portrait(field.data.stream.read(), self._crop())
        except ForumError as error:
            raise StopValidation(describe(error)) from error

    def _crop(self) -> Crop | None:
        numbers = [_share(each.data) for each in (self.photo_left, self.photo_top, self.photo_width)]
        left, top, width = numbers
        if left is None or top is None or not width:
            return None
        return Crop(left, top, width)


def _share(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) else None
