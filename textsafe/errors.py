"""The errors that textsafe raises.

    TextsafeError
    ├── DocumentError               this document cannot be processed; others go on
    │   ├── UnreadableFileError     it is not there, or may not be opened
    │   ├── EmptyDocumentError      it holds no text at all
    │   ├── UnsupportedFormatError  no reader knows this kind of file
    │   ├── CorruptDocumentError    it is damaged, truncated, or not what it claims to be
    │   ├── EncryptedDocumentError  it is protected by a password
    │   ├── ScannedDocumentError    its pages are pictures without text
    │   ├── MissingToolError        a program or package that reads this format is not installed
    │   ├── ReaderCrashedError      the process that read it died
    │   └── LimitExceededError      it is larger or deeper, or takes longer, than the limits allow
    ├── UsageError                  the caller asked for something that cannot be
    └── DataError                   a file under textsafe/data/ breaks its own rules

Every error names an entry of ``data/messages.toml``; the sentence and the hint that a person
reads are kept there, in Chinese and in English, and are looked up by ``textsafe.messages``.
"""

from __future__ import annotations


class TextsafeError(Exception):
    """Base of all errors that a caller of textsafe may want to catch.

    Args:
        key: Name of the message in ``data/messages.toml``.
        params: Values for the placeholders of the message, such as ``limit=200``.
    """

    def __init__(self, key: str, /, **params: object) -> None:
        self.key = key
        self.params = params
        details = ", ".join(f"{name}={value!r}" for name, value in params.items())
        super().__init__(f"{key}({details})" if details else key)


class DocumentError(TextsafeError):
    """One document cannot be processed; the others are not affected."""


class UnreadableFileError(DocumentError):
    """The file is not there, or may not be opened."""


class EmptyDocumentError(DocumentError):
    """The file holds no text."""


class UnsupportedFormatError(DocumentError):
    """No reader knows this kind of file."""


class CorruptDocumentError(DocumentError):
    """The file is damaged, truncated, or not what it claims to be."""


class EncryptedDocumentError(DocumentError):
    """The file is protected by a password."""


class ScannedDocumentError(DocumentError):
    """The pages are pictures without a text layer."""


class MissingToolError(DocumentError):
    """A program or package that reads this kind of file is not installed."""


class ReaderCrashedError(DocumentError):
    """The process that read the file died."""


class LimitExceededError(DocumentError):
    """The file exceeds a limit on size, pages, depth, inflation, time or memory."""


class UsageError(TextsafeError):
    """The caller asked for something that cannot be."""


class DataError(TextsafeError):
    """A file under ``textsafe/data/`` breaks its own rules."""
