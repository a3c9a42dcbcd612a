"""What the popover "Share" offers to hide."""

import pytest

from xent_ui.course.share import hideable
from xent_ui.live.show import Drawn
from xent_ui.views.base import LESSONS, pictures_of


def hideable_of(lesson):
    """The labels of what a lesson offers to hide at first, by key."""
    drawn = {}
    for name, picture in pictures_of(lesson).items():
        state = picture.settle({key: control.default for key, control in picture.controls.items()})
        drawn[name] = (picture, Drawn(None, state, is_open=False))
    return hideable(drawn)


@pytest.mark.parametrize("lesson", sorted(LESSONS))
def test_no_two_controls_have_the_same_label(lesson):
    labels = list(hideable_of(lesson).values())
    assert len(set(labels)) == len(labels)


def test_a_label_says_which_picture_and_which_control_only_where_several_have_it():
    assert hideable_of("surprise")["p"] == "How likely was it?"
    assert hideable_of("loss_family")["of_list"] == "Loss, picture 4"
    assert hideable_of("binary_cross_entropy")["is_spam1"] == "spam, 2 of 5"
