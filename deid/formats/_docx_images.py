"""Pictures that may stay are drawn again, so that nothing but what is seen remains of them."""

import io
from zipfile import ZipFile

from deid.formats._container import read_part

# A photograph of 50 million points takes 200 MB of memory once it is unpacked.
_MOST_POINTS = 50_000_000


def png_of(container: ZipFile, name: str) -> bytes | None:
    """A picture as PNG without place, time, camera or thumbnail; None if it cannot be drawn, or Pillow is absent."""
    try:
        from PIL import Image
    except ImportError:
        return None
    try:
        with Image.open(io.BytesIO(read_part(container, name)), formats=("PNG", "JPEG", "GIF", "BMP", "TIFF")) as image:
            if image.width * image.height > _MOST_POINTS:
                return None
            plain = image.convert("RGBA" if image.mode in {"P", "LA", "PA", "RGBA"} else "RGB")
        drawn = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return None
    output = io.BytesIO()
    drawn.save(output, "PNG")
    return output.getvalue()
