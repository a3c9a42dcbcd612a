"""What tests of figures share."""

import json


def sent_bytes(figure) -> int:
    """Return the number of bytes of JSON that are sent to the browser for a figure."""
    return len(json.dumps(figure.to_dict(), separators=(",", ":"), allow_nan=False))


def labels(figure) -> list[str]:
    """Return all texts that are drawn on a figure."""
    return [text for trace in figure.data if "text" in (getattr(trace, "mode", "") or "") for text in trace.text]


def label_text(figure) -> str:
    """Return all texts that are drawn on a figure, joined by spaces."""
    return " ".join(labels(figure))
