"""Every proof is a state of a lesson's declared controls, and its pictures show what it says they show."""

import re
from importlib import import_module
from typing import get_args
from urllib.parse import parse_qsl

import pytest

from xent_ui.controls.declarations import Control
from xent_ui.experiments.prediction_scores import sample
from xent_ui.self_test.questions.interview import QUESTIONS
from xent_ui.self_test.questions.numeric import KINDS
from xent_ui.self_test.questions.problems import problem
from xent_ui.self_test.questions.proof import Proof
from xent_ui.views.base import controls_of, pictures

NUMBERS = range(1, 9)
SAMPLES = {"your_predictions": sample()}  # what a page shows before its learner has brought anything
PROOFS = {question.id: question.proof for question in QUESTIONS} | {
    f"{kind}_{number}": problem(KINDS[kind], number).proof for kind in KINDS for number in NUMBERS
}


def shown_by(proof: Proof) -> list[str]:
    """Return what the pictures of a lesson say when it is opened at the address of the proof."""
    query = dict(parse_qsl(proof.address.partition("?")[2]))
    shown = query.pop("shown", "0") == "1"
    said: list[str] = []
    for picture in pictures(proof.page).values():
        values = picture.parse({key: text for key, text in query.items() if key in picture.controls})
        view = picture(values, shown=shown, data=SAMPLES.get(proof.page))
        said += [view.caption, view.formula, view.notes]
    return said


@pytest.mark.parametrize("proof", PROOFS.values(), ids=PROOFS.keys())
def test_a_proof_shows_the_answer(proof):
    alone = re.compile(rf"(?<![\d.]){re.escape(proof.shows)}(?!\d)")  # 0.5 is not shown by 0.52 or 10.5
    assert any(alone.search(text) for text in shown_by(proof)), f"{proof.address} does not show {proof.shows!r}"


def drawn_by_page(lesson: str) -> dict[str, Control]:
    """Return the controls that a lesson declares, including those that belong to no picture."""
    kinds = tuple(getattr(kind, "__origin__", kind) for kind in get_args(Control))
    declared = vars(import_module(f"xent_ui.views.{lesson}")).values()
    return {control.key: control for control in declared if isinstance(control, kinds)}


@pytest.mark.parametrize("proof", PROOFS.values(), ids=PROOFS.keys())
def test_every_value_of_a_proof_sets_a_control_that_is_there(proof):
    of_pictures = controls_of(proof.page)
    controls = drawn_by_page(proof.page) | of_pictures
    for key, text in proof.values.items():
        assert controls[key].write(controls[key].parse(text)) == text, "the address writes it otherwise"
        drawn = [key not in of_pictures]
        for picture in pictures(proof.page).values():
            if key in picture.controls:
                own = {other: value for other, value in proof.values.items() if other in picture.controls}
                drawn.append(key in picture.shown_keys(picture.parse(own)))
        assert any(drawn), f"{proof.page} does not draw {key} in this state"


def test_a_proof_asks_for_the_answer_where_its_lesson_asks_a_question():
    assert Proof("surprise", {"p": "0.5"}, "").address == "surprise?p=0.5&shown=1"
    asking = {page for page in {proof.page for proof in PROOFS.values()} if f"lock_{page}" in controls_of(page)}
    for proof in PROOFS.values():
        assert ("shown=1" in proof.address.partition("?")[2].split("&")) == (proof.page in asking)


def test_no_proof_locks_a_guess_that_nobody_made():
    assert not [
        proof.address for proof in PROOFS.values() for key in proof.values if key.startswith(("lock_", "guess_"))
    ]
