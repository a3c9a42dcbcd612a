"""The state of a picture as code: its first line says how to get what it imports."""

import re

import numpy as np
import pytest

from tests.pages.helpers import open_lesson
from tests.views.helpers import run
from xent_ui.live import address
from xent_ui.live.code import in_numpy, in_torch
from xent_ui.views.code import Code

CODE = Code("value = 1", "import torch\n\nvalue = 1", np.asarray(1))
UNKNOWN = "# pip install .  (in a clone of the course)"


@pytest.mark.parametrize("course", ["http://localhost:8501", "https://example.org/course/xent"])
def test_the_first_line_installs_xent_core_from_the_course_that_shows_it(monkeypatch, course):
    monkeypatch.setattr(address, "course_address", lambda: course)
    assert in_numpy(CODE) == f"# pip install {course}/xent_core.zip\nvalue = 1"


def test_outside_a_page_the_address_of_the_course_is_unknown():
    assert in_numpy(CODE).splitlines() == [UNKNOWN, "value = 1"]


def test_the_first_line_of_the_other_program_installs_pytorch():
    assert in_torch(CODE) == "# pip install torch\nimport torch\n\nvalue = 1"


def test_a_page_shows_both_lines_and_the_programs_still_run():
    page = open_lesson("surprise", p=0.125, shown=1, code_surprise_one_event="true")
    ours, theirs = [each.value for each in page.code if "pip install" in each.value]
    assert ours.splitlines()[0] == UNKNOWN
    assert theirs.splitlines()[0] == "# pip install torch"
    assert run(ours)["value"] == 3


@pytest.mark.parametrize("address", [{}, {"mode": "lesson"}])
def test_the_source_of_a_page_links_to_the_reference_unless_the_lesson_stands_alone(address):
    page = open_lesson("entropy", **address)
    links = re.findall(r"\[`(\w+)`\]\(reference#(\w+)\)", "\n".join(each.value for each in page.markdown))
    assert links == ([] if address else [("entropy", "entropy"), ("huffman_code", "huffman_code")])
    assert any("def huffman_code" in each.value for each in page.code)
