"""The recognition engine, loaded once for each process."""

from __future__ import annotations

from functools import cache
from typing import Any

from textsafe.errors import MissingToolError


@cache
def load() -> Any:
    """Return the engine.

    Raises:
        MissingToolError: rapidocr, onnxruntime or OpenCV is missing or cannot be loaded.
    """
    try:
        from rapidocr import RapidOCR
    except (ImportError, OSError) as error:
        raise MissingToolError(
            "missing_tool", format="png", tool="rapidocr", command='pip install "textsafe[ocr]"'
        ) from error
    return RapidOCR(params={"Global.log_level": "critical"})
