"""What a photo can be refused for."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from forum.sentences import register

register(
    {
        "no_photo": _l("There is no photo to remove."),
        "photo_empty": _l("The file is empty. Choose another photo."),
        "photo_missing": _l("Choose a photo first."),
        "photo_moves": _l("The picture moves. Choose one that stands still."),
        "photo_too_heavy": _l("The file is larger than %(most)s MB. Choose a smaller photo."),
        "photo_too_large": _l("The picture has more than %(most)s million pixels. Choose a smaller photo."),
        "photo_too_small": _l(
            "The photo is too small: at least %(width)s by %(height)s pixels are needed. "
            "Choose a larger one or cut off less."
        ),
        "photo_unreadable": _l(
            "This file is not a photo that can be opened here, or it is damaged. "
            "Choose a picture in JPEG, PNG or WebP."
        ),
    }
)
