"""The recognition engine: where text stands on a picture, and which characters a line shows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textsafe.errors import MissingToolError

Pixels = NDArray[np.uint8]
Quad = NDArray[np.float64]

# The engine keeps what it is asked to do in its own state.
_ENGINE = Lock()
# Share of the classifier's votes (0° or 180°) that is believed; PaddleOCR's own default.
_SURE = 0.9
# Pictures with a shorter side are enlarged by the detector, in pixels.
SHORTEST_SIDE = 736


class ReadChar(NamedTuple):
    """One character of a line.

    Attributes:
        centre: Where its middle stands, in parts of the line's width; None for a space.
        confidence: From 0 to 1.
    """

    text: str
    centre: float | None
    confidence: float


def require(file_format: str = "scan") -> None:
    """Load the engine, unless it is loaded, to read a file of the format `file_format`.

    Raises:
        MissingToolError: rapidocr, onnxruntime, OpenCV or a model is missing or cannot be loaded.
    """
    try:
        _engine()
    except (ImportError, OSError) as error:  # OSError: a system library such as libGL is missing
        raise MissingToolError(
            "missing_tool",
            format=file_format,
            tool="rapidocr",
            command='pip install "textsafe[ocr]"',
        ) from error


@cache
def _engine() -> Any:
    """Load the engine; the models are named by their paths, so that nothing is downloaded."""
    import cv2  # noqa: F401, PLC0415
    import onnxruntime  # noqa: F401, PLC0415
    from rapidocr import RapidOCR  # noqa: PLC0415

    models = {f"{task.title()}.model_path": _model(task) for task in ("det", "cls", "rec")}
    return RapidOCR(params={"Global.log_level": "critical", **models})


def _model(task: str) -> str:
    """Return the path of the model in the wheel that detects, classifies or recognises."""
    spec = find_spec("rapidocr")
    for folder in (spec and spec.submodule_search_locations) or ():
        for path in sorted((Path(folder) / "models").glob(f"*_{task}_*.onnx")):
            return str(path)
    raise FileNotFoundError(task)


def detect(picture: Pixels) -> list[Quad]:
    """Return the four corners, clockwise from the top left, of each piece of text."""
    with _ENGINE:
        found = _engine()(_three_channels(picture), use_det=True, use_cls=False, use_rec=False)
    return [] if found.boxes is None else [np.asarray(box, np.float64) for box in found.boxes]


def recognise(line: Pixels) -> list[ReadChar]:
    """Return the characters on the picture of one line."""
    with _ENGINE:
        found = _engine()(
            _three_channels(line),
            use_det=False,
            use_cls=False,
            use_rec=True,
            return_word_box=True,
        )
    if not found.txts or not found.txts[0]:
        return []
    return list(_chars(found.txts[0], found.word_results[0]))


def _chars(text: str, word_info: Any) -> Iterator[ReadChar]:
    centres = iter([column for columns in word_info.word_cols for column in columns])
    for char, confidence in zip(text, word_info.confs, strict=True):
        if char.isspace():
            yield ReadChar(" ", None, confidence)
        else:
            yield ReadChar(char, (next(centres) + 0.5) / word_info.line_txt_len, confidence)


def is_upside_down(line: Pixels) -> bool:
    """Tell whether the picture of one line is upside down."""
    with _ENGINE:
        found = _engine()(_three_channels(line), use_det=False, use_cls=True, use_rec=False)
    label, score = found.cls_res[0]
    return "180" in label and score > _SURE


def _three_channels(picture: Pixels) -> Pixels:
    return np.repeat(picture[:, :, np.newaxis], 3, axis=2)
