"""Mails and saved web pages made from their parts, for tests."""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Sequence


def part(
    content: str | bytes,
    kind: str = "text/plain",
    *,
    charset: str = "utf-8",
    name: str | None = None,
    headers: str = "",
) -> bytes:
    """Return a part in base64; text is encoded as `charset`.

    Args:
        content: Its text or bytes.
        kind: Its type.
        charset: Encoding that it declares, where it is text.
        name: The name under which it is attached.
        headers: More lines of its header.
    """
    declared = f"; charset={charset}" if isinstance(content, str) else ""
    data = content.encode(charset) if isinstance(content, str) else content
    attached = f'Content-Disposition: attachment; filename="{name}"\r\n' if name else ""
    header = f"Content-Type: {kind}{declared}\r\nContent-Transfer-Encoding: base64\r\n"
    return f"{header}{attached}{headers}\r\n".encode() + encodebytes(data)


def multipart(kind: str, parts: Sequence[bytes], *, boundary: str = "=_b", more: str = "") -> bytes:
    """Return a ``multipart/<kind>``; `more` are more parameters of its type."""
    header = f'Content-Type: multipart/{kind}; boundary="{boundary}"{more}\r\n\r\n'
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return header.encode() + body + b"--" + boundary.encode() + b"--\r\n"


def mail(content: bytes, **fields: str) -> bytes:
    """Return a mail: `content` is a part, `fields` stand above it."""
    header = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{header}MIME-Version: 1.0\r\n".encode() + content
