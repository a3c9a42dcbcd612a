"""Every proof is a state of a picture's declared controls, and that very picture shows what the proof says."""

import re
from importlib import import_module
from typing import get_args
from urllib.parse import parse_qsl

import pytest

from tests.figures.helpers import label_text
from xent_ui.controls.declarations import Control
from xent_ui.experiments.prediction_scores import sample
from xent_ui.self_test.questions.interview import QUESTIONS
from xent_ui.self_test.questions.numeric import KINDS
from xent_ui.self_test.questions.problems import problem
from xent_ui.self_test.questions.proof import Proof, picture_with
from xent_ui.views.base import controls_of, pictures

NUMBERS = range(1, 9)
SAMPLES = {"your_predictions": sample()}  # what a page shows before its learner has brought anything
PROOFS = {question.id: question.proof for question in QUESTIONS} | {
    f"{kind}_{number}": proof for kind in KINDS for number in NUMBERS if (proof := problem(KINDS[kind], number).proof)
}
CHORD = {"surface": "squared error", "w2": "-2", "from": "-8", "to": "2"}

# Numbers of pictures that answers quote, besides the one that their own proof shows.
QUOTED = [
    ("auc_or_log_loss", Proof("calibration", "reliability", {"practice": "300"}, "0.662")),
    ("mse_surface", Proof("ce_vs_mse", "chord", CHORD, "0.393")),
    ("compare_perplexity", Proof("perplexity", "token_by_token", {"token": "a word"}, "128")),
    ("compare_perplexity", Proof("perplexity", "token_by_token", {"token": "a word"}, "5.85")),
    ("compare_perplexity", Proof("perplexity", "token_by_token", {"token": "a character"}, "5.02")),
    ("compare_perplexity", Proof("perplexity", "token_by_token", {"token": "a character"}, "489")),
    ("compare_perplexity", Proof("perplexity", "token_by_token", {"token": "a character"}, "2.33")),
]


def as_read(formula: str) -> str:
    """Return a formula as a reader sees it: without colors and braces, and with a true minus sign."""
    plain = re.sub(r"\\textcolor\{#\w+\}|\\text(bf|rm)?(?=\{)", "", formula).replace(r"\;", " ").replace(r"\infty", "∞")
    return re.sub(r"[{}]", "", plain).replace("-", "−")


def shown_by(proof: Proof) -> str:
    """Return the caption, formula, notes and figure texts of the picture when opened at the address of the proof."""
    query = dict(parse_qsl(proof.address.partition("?")[2]))
    shown, picture = query.pop("shown", "0") == "1", pictures(proof.page)[query.pop("picture")]
    values = picture.parse({key: text for key, text in query.items() if key in picture.controls})
    view = picture(values, shown=shown, data=SAMPLES.get(proof.page))
    drawn = re.sub(r"</?\w+[^>]*>", "", label_text(view.figure))
    return re.sub(r"[ \n]+", " ", " | ".join([view.caption, as_read(view.formula), view.notes, drawn]))


def stands_in(words: str, text: str) -> bool:
    """Return whether a text has these words, and not only as part of a longer number: 0.5 does not stand in 10.52."""
    return bool(re.search(rf"(?<![\d.,]){re.escape(words)}(?![\d]|[.,]\d)", text))


@pytest.mark.parametrize("proof", PROOFS.values(), ids=PROOFS.keys())
def test_the_picture_of_a_proof_shows_the_answer(proof):
    said = shown_by(proof)
    assert stands_in(proof.shows, said), f"{proof.address} does not show {proof.shows!r}, but {said}"


@pytest.mark.parametrize("question", QUESTIONS, ids=[question.id for question in QUESTIONS])
def test_an_answer_says_the_number_that_its_proof_shows(question):
    numbers = re.findall(r"−?\d[\d.,]*|∞", question.proof.shows)
    assert numbers
    for number in numbers:
        assert stands_in(number, question.answer), f"{number} is not in {question.answer}"


@pytest.mark.parametrize(("name", "proof"), QUOTED)
def test_an_answer_quotes_its_lesson_rightly(name, proof):
    answer = next(question.answer for question in QUESTIONS if question.id == name)
    assert stands_in(proof.shows, answer)
    assert stands_in(proof.shows, shown_by(proof))


def drawn_by_page(lesson: str) -> dict[str, Control]:
    """Return the controls that a lesson declares, including those that belong to no picture."""
    kinds = tuple(getattr(kind, "__origin__", kind) for kind in get_args(Control))
    declared = vars(import_module(f"xent_ui.views.{lesson}")).values()
    return {control.key: control for control in declared if isinstance(control, kinds)}


@pytest.mark.parametrize("proof", PROOFS.values(), ids=PROOFS.keys())
def test_every_value_of_a_proof_sets_a_control_that_its_picture_or_page_draws(proof):
    of_pictures, picture = controls_of(proof.page), pictures(proof.page)[proof.picture]
    controls = drawn_by_page(proof.page) | of_pictures
    own = {key: text for key, text in proof.values.items() if key in picture.controls}
    shown = picture.shown_keys(picture.parse(own))
    for key, text in proof.values.items():
        assert controls[key].write(controls[key].parse(text)) == text, "the address writes it otherwise"
        assert key not in of_pictures or key in shown, f"{picture.key} does not draw {key} in this state"


def test_an_address_opens_the_picture_and_shows_the_answer_where_the_lesson_asks_a_question():
    assert Proof("surprise", "two_events", {"a": "0.5"}, "").address == "surprise?a=0.5&picture=two_events&shown=1"
    for proof in PROOFS.values():
        query = dict(parse_qsl(proof.address.partition("?")[2]))
        asks = any(picture.question for picture in pictures(proof.page).values())
        assert query == {**proof.values, "picture": proof.picture} | ({"shown": "1"} if asks else {})


def test_no_proof_sets_a_guess_that_nobody_made():
    assert not [proof.address for proof in PROOFS.values() for key in proof.values if key.startswith("guess_")]


def test_the_picture_with_some_controls():
    assert picture_with("surprise", ["b"]) == "two_events"
    assert picture_with("surprise", []) == "one_event"
    assert picture_with("loss_family", ["margin", "of_margin"]) == "yes_or_no"
