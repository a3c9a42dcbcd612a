"""What the training lab needs its page for: controls that stand outside the picture and move it."""

import pytest

from tests.pages.helpers import is_solved, open_lesson, says
from xent_ui.views.training_lab import two_runs


def test_a_control_outside_the_picture_is_drawn_once_and_moves_it():
    page = open_lesson("training_lab", made=20)
    assert says(page, two_runs({"made": 20}).caption)
    assert len([each for each in page.selectbox if each.key == "shape"]) == 1
    page.selectbox(key="shape").set_value("blobs").run()
    assert not page.exception
    assert says(page, two_runs({"made": 20, "shape": "blobs"}).caption)


@pytest.mark.parametrize(
    ("key", "bad"), [("opt_a", "Nadam"), ("loss_b", "<script>"), ("made", "401"), ("shape", ""), ("seed", "21")]
)
def test_an_invalid_address_shows_the_default(key, bad):
    fresh, page = open_lesson("training_lab"), open_lesson("training_lab", **{key: bad})
    kind = "slider" if key in ("made", "seed") else "selectbox"
    assert getattr(page, kind)(key=key).value == getattr(fresh, kind)(key=key).value


def test_the_card_shows_the_run_it_speaks_of():
    page = open_lesson("training_lab")
    page.button_group(key="vote_both_rise").set_value("I agree").run()
    page.button(key="show_both_rise").click().run()
    assert not page.exception
    assert says(page, "Step 220 of 400. A, cross-entropy: 83.4 % right, cross-entropy 0.497")
    assert is_solved(page, "Find a moment when one run has the lower loss")
