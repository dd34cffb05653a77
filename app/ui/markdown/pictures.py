"""Pictures inside a text: formulas, and images that the text itself carries. Nothing is fetched."""

from __future__ import annotations

import binascii
import math
from base64 import b64decode

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter
from PySide6.QtSvg import QSvgRenderer

from app.ui.markdown.formula import Formula

_FORMATS = frozenset({b"png", b"jpeg", b"gif", b"webp", b"bmp"})
_MOST_BYTES = 16 << 20
_MOST_PIXELS = 40_000_000
_SHARPNESS = 2.0


def formula_image(formula: Formula, half_x: float) -> QImage:
    """A formula as an image, padded so that its baseline is the text's when it is aligned to the middle.

    Args:
        formula: what to draw.
        half_x: half the height of the letter x in the font around it; a text document puts the middle of an
            image at half of that above the baseline.
    """
    height = max(2 * formula.ascent - half_x, 2 * formula.descent + half_x, 1.0)
    top = (height + half_x) / 2 - formula.ascent
    size = QSize(math.ceil(formula.width * _SHARPNESS), math.ceil(height * _SHARPNESS))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    image.setDevicePixelRatio(_SHARPNESS)
    painter = QPainter(image)
    drawn = QRectF(0, top, formula.width, formula.ascent + formula.descent)
    QSvgRenderer(QByteArray(formula.svg)).render(painter, drawn)
    painter.end()
    return image


def embedded_image(address: str, widest: int) -> QImage | None:
    """The image in a `data:` address, at most so wide; None when it holds none that can be shown."""
    head, comma, body = address.partition(",")
    if not comma or not head.startswith("data:image/") or not head.endswith(";base64"):
        return None
    if len(body) > _MOST_BYTES:
        return None
    try:
        content = b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        return None
    return _decoded(content, widest)


def _decoded(content: bytes, widest: int) -> QImage | None:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if bytes(reader.format().data()) not in _FORMATS or not size.isValid():
        return None
    if size.width() * size.height() > _MOST_PIXELS:
        return None
    image = reader.read()
    if image.isNull():
        return None
    wide = image.width() > widest
    return image.scaledToWidth(widest, Qt.TransformationMode.SmoothTransformation) if wide else image
