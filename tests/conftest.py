"""Fixtures for all tests."""

from collections.abc import Iterator

import pytest

from xent_ui.style import theme


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def dark(request) -> Iterator[bool]:
    """Both themes, one after the other; figures drawn in the test are drawn for it."""
    with theme.using(dark=request.param):
        yield request.param
