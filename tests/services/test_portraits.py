"""Pictures from strangers made into portraits."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import ExifTags, Image, ImageCms, ImageDraw, ImageOps

from forum.domain.portraits import Crop
from forum.errors import ForumError
from forum.services.portraits import MOST_BYTES, Portrait, is_coarse, portrait

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 160, 60), (30, 60, 200), (255, 255, 255)


def corners(width: int = 600, height: int = 800) -> Image.Image:
    """Four colours, so that every turn and every reflection shows."""
    picture = Image.new("RGB", (width, height), WHITE)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width // 2, height // 2), RED)
    draw.rectangle((width // 2, 0, width, height // 2), GREEN)
    draw.rectangle((0, height // 2, width // 2, height), BLUE)
    return picture


def written(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **({"quality": 95} if kind == "JPEG" else {}) | options)
    return file.getvalue()


def opened(made: Portrait) -> Image.Image:
    return Image.open(io.BytesIO(made.content))


def colours(made: Portrait) -> list[str]:
    """What is in the four corners, by the nearest of the colours."""
    picture = opened(made)
    names = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE}
    places = [(x, y) for y in (0.1, 0.9) for x in (0.1, 0.9)]
    found = [picture.getpixel((int(x * picture.width), int(y * picture.height))) for x, y in places]
    return [min(names, key=lambda name: _distance(names[name], pixel)) for pixel in found]


def _distance(one: tuple[int, ...], other: object) -> int:
    assert isinstance(other, tuple)
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def refused(content: bytes, crop: Crop | None = None) -> str:
    with pytest.raises(ForumError) as error:
        portrait(content, crop)
    return error.value.code


_TURNED = {
    1: lambda picture: picture,
    2: ImageOps.mirror,
    3: lambda picture: picture.rotate(180),
    4: ImageOps.flip,
    5: lambda picture: picture.transpose(Image.Transpose.TRANSPOSE),
    6: lambda picture: picture.transpose(Image.Transpose.ROTATE_90),
    7: lambda picture: picture.transpose(Image.Transpose.TRANSVERSE),
    8: lambda picture: picture.transpose(Image.Transpose.ROTATE_270),
}


@pytest.mark.parametrize("orientation", _TURNED)
def test_every_orientation_of_a_camera_ends_upright(orientation: int) -> None:
    turn: Callable[[Image.Image], Image.Image] = _TURNED[orientation]
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    made = portrait(written(turn(corners()), exif=exif))
    assert (made.width, made.height, colours(made)) == (600, 800, ["red", "green", "blue", "white"])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_the_cameras_and_programs_of_people_write_is_read(kind: str) -> None:
    assert colours(portrait(written(corners(), kind))) == ["red", "green", "blue", "white"]


def test_a_photo_with_a_preview_behind_it_is_no_animation() -> None:
    content = written(corners(), "MPO", save_all=True, append_images=[corners(60, 80)])
    assert colours(portrait(content)) == ["red", "green", "blue", "white"]


def test_nothing_but_the_picture_is_left() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Secret Name"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (55.0, 45.0, 21.0)
    content = written(
        corners(), exif=exif, comment=b"Secret comment", icc_profile=ImageCms.ImageCmsProfile(
            ImageCms.createProfile("sRGB")
        ).tobytes(), xmp=b"Secret packet",
    )  # fmt: skip
    made = portrait(content)
    picture = opened(made)
    assert (b"Secret" in content, b"Secret" in made.content) == (True, False)
    assert dict(picture.getexif()) == {}
    assert {"comment", "exif", "icc_profile", "xmp"} & set(picture.info) == set()


def test_twelve_megapixels_become_a_portrait_of_the_largest_size() -> None:
    made = portrait(written(corners(4000, 3000).resize((4000, 3000))))
    assert (made.width, made.height, made.is_coarse) == (900, 1200, False)


def test_the_part_that_a_person_chose_is_kept() -> None:
    wide = Image.new("RGB", (1200, 800), WHITE)
    wide.paste(corners(300, 400), (600, 200))
    made = portrait(written(wide), Crop(left=600 / 1200, top=200 / 800, width=300 / 1200))
    assert (made.width, made.height, colours(made)) == (300, 400, ["red", "green", "blue", "white"])


@pytest.mark.parametrize(
    "crop", [Crop(0.9, 0.9, 0.9), Crop(-3, -3, 50), Crop(0, 0, 1), Crop(1e300, -1e300, 1e300)]
)
def test_a_part_that_reaches_out_of_the_picture_is_moved_into_it(crop: Crop) -> None:
    made = portrait(written(corners()), crop)
    assert made.width * 4 == made.height * 3


def test_without_a_choice_a_tall_picture_loses_more_below_than_above() -> None:
    tall = Image.new("RGB", (600, 1400), WHITE)
    tall.paste(corners(600, 800), (0, 200))
    assert colours(portrait(written(tall))) == ["red", "green", "blue", "white"]


def test_without_a_choice_a_wide_picture_loses_both_sides_alike() -> None:
    wide = Image.new("RGB", (1200, 800), WHITE)
    wide.paste(corners(600, 800), (300, 0))
    assert colours(portrait(written(wide))) == ["red", "green", "blue", "white"]


def test_what_is_transparent_is_white() -> None:
    see_through = Image.new("RGBA", (600, 800), (0, 0, 0, 0))
    pixels = opened(portrait(written(see_through, "PNG"))).getcolors()
    assert pixels == [(600 * 800, WHITE)]


def test_a_picture_for_a_printing_press_keeps_its_colours() -> None:
    assert colours(portrait(written(corners().convert("CMYK")))) == ["red", "green", "blue", "white"]


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "I;16"])
def test_a_grey_picture_stays_as_bright_as_it_was(mode: str) -> None:
    grey = Image.new("L", (600, 800), 128)
    if mode == "I;16":
        picture = Image.frombytes("I;16", grey.size, struct.pack("<H", 128 * 256) * (600 * 800))
    else:
        picture = grey.convert(mode)
    box = opened(portrait(written(picture, "PNG"))).resize((1, 1), Image.Resampling.BOX)
    pixel = box.getpixel((0, 0))
    assert isinstance(pixel, tuple)
    assert [round(channel / 16) for channel in pixel] == [8, 8, 8]


def test_a_colour_profile_is_followed() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    wrong = portrait(written(corners(), icc_profile=lab.tobytes()))
    broken = portrait(written(corners(), icc_profile=b"no profile at all"))
    assert [colours(wrong), colours(broken)] == [["red", "green", "blue", "white"]] * 2


def test_a_small_photo_is_taken_but_known_to_be_coarse() -> None:
    small, large = portrait(written(corners(300, 400))), portrait(written(corners(354, 472)))
    assert [(made.is_coarse, is_coarse(made.content)) for made in (small, large)] == [
        (True, True),
        (False, False),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "photo_empty"),
        (b"This is a text that somebody has called photo.jpg", "photo_unreadable"),
        (b"\xff\xd8\xff" + b"\0" * 500, "photo_unreadable"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 500, "photo_unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo_unreadable"),
        (b"\xff" * (MOST_BYTES + 1), "photo_too_heavy"),
    ],
)
def test_what_is_no_photo_is_refused(content: bytes, code: str) -> None:
    assert refused(content) == code


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "PPM", "ICO"])
def test_pictures_of_other_kinds_are_refused(kind: str) -> None:
    assert refused(written(corners(240, 240), kind)) == "photo_unreadable"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_an_animation_is_refused(kind: str) -> None:
    content = written(corners(), kind, save_all=True, append_images=[Image.new("RGB", (600, 800), RED)])
    assert refused(content) == "photo_moves"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_that_ends_too_early_is_refused(kind: str, share: float) -> None:
    noise = Image.effect_noise((600, 800), 80).convert("RGB")
    content = written(noise, kind)
    assert refused(content[: int(len(content) * share)]) == "photo_unreadable"


@pytest.mark.parametrize("side", [8_000, 12_000, 30_000])
def test_a_bomb_is_refused_before_it_unfolds(side: int) -> None:
    assert refused(_png_of(side, side)) == "photo_too_large"


@pytest.mark.parametrize(("width", "height"), [(149, 900), (900, 199), (1, 1)])
def test_a_picture_that_would_be_a_stamp_is_refused(width: int, height: int) -> None:
    assert refused(written(corners(width, height))) == "photo_too_small"


def test_a_part_that_would_be_a_stamp_is_refused() -> None:
    assert refused(written(corners()), Crop(0.2, 0.2, 0.1)) == "photo_too_small"


def test_whatever_is_damaged_is_taken_or_refused_with_a_known_code() -> None:
    """One byte after another turned over: no other error may come out of the decoders."""
    generator = random.Random(20261123)
    sound = [written(corners(160, 214), kind) for kind in ("JPEG", "PNG", "WEBP")]
    codes = set()
    for _ in range(300):
        content = bytearray(generator.choice(sound))
        for _ in range(generator.randint(1, 8)):
            content[generator.randrange(len(content))] = generator.randrange(256)
        try:
            portrait(bytes(content))
        except ForumError as error:
            codes.add(error.code)
    assert codes <= {"photo_unreadable", "photo_too_large", "photo_too_small", "photo_moves"}


def _png_of(width: int, height: int) -> bytes:
    """A header that promises a huge picture; the rest is a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )
