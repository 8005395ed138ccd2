# SPDX-License-Identifier: MIT
"""Page images: decoded in a thread that is not the GUI's, the last ones kept in memory."""

from collections import OrderedDict

from PySide6.QtGui import QImage

from bldr_desktop.services.pages import PageKey

MEMORY_LIMIT = 64 << 20


def decoded(png: bytes) -> QImage:
    """A PNG as an image that is quick to paint; a null image when it is none.

    Pages without colour stay grey: a quarter of the memory, and nothing to convert in this thread.
    """
    image = QImage.fromData(png)
    if image.format() == QImage.Format.Format_Grayscale8:
        return image
    return image.convertToFormat(QImage.Format.Format_RGB32)


class Decoded:
    """Images by page, up to so many bytes; going back to a page costs no thread and no disk."""

    def __init__(self, limit: int = MEMORY_LIMIT) -> None:
        self._limit = limit
        self._images: OrderedDict[PageKey, QImage] = OrderedDict()
        self._bytes = 0

    def get(self, key: PageKey) -> QImage | None:
        """An image that is kept."""
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        return image

    def put(self, key: PageKey, image: QImage) -> None:
        """Keep an image; the longest unused go when there are too many."""
        old = self._images.pop(key, None)
        self._bytes += image.sizeInBytes() - (old.sizeInBytes() if old is not None else 0)
        self._images[key] = image
        while self._bytes > self._limit and len(self._images) > 1:
            self._bytes -= self._images.popitem(last=False)[1].sizeInBytes()

    def clear(self) -> None:
        """Forget all."""
        self._images.clear()
        self._bytes = 0
