"""The format readers: bytes of a file in, the text and grid rows that it prints out.

The format is told by the content, never by the file's name. A reader's library is loaded when its first file comes.
What does not belong here: what the text means.
"""

from .dispatch import read_document
from .reading import MAX_BYTES, Reading, Unreadable

__all__ = ["MAX_BYTES", "Reading", "Unreadable", "read_document"]
