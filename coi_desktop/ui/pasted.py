"""Files and pictures that are dropped or pasted, as sources of attachments. Nothing is fetched or shown."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.operations.attachment_files import Pasted, Source


def can_be_attached(content: QMimeData) -> bool:
    """Whether there are files of this computer or network, or a picture."""
    return bool(_paths(content)) or content.hasImage()


def sources_of(content: QMimeData) -> list[Source]:
    """The files; without any, the picture. A web address is no file and is left alone."""
    paths = _paths(content)
    if paths:
        return list(paths)
    image = content.imageData() if content.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return []
    moment = datetime.now().astimezone()
    name = _("Pasted picture {moment}.png").format(moment=f"{moment:%Y-%m-%d %H.%M.%S}")
    return [Pasted(name, lambda: _png(image))]


def _paths(content: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in content.urls() if url.isLocalFile() and url.toLocalFile()]


def _png(image: QImage) -> bytes:
    """The picture as a PNG; made on the thread of the job."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # the stub wants bytes, which it refuses
        raise Problem(
            _("The picture cannot be stored."),
            meaning=_("Nothing was added."),
            advice=_("Save it as a file first, and attach that."),
            code="unreadable",
        )
    return bytes(buffer.data().data())
