"""What tests of figures share."""

import json


def sent_bytes(figure) -> int:
    """How many bytes of JSON a figure is on its way to the browser."""
    return len(json.dumps(figure.to_dict(), separators=(",", ":"), allow_nan=False))
