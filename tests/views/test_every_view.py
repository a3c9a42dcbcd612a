"""What every picture of the course must do, whatever it shows."""

import json
from urllib.parse import urlencode

import numpy as np
import pytest

from tests.views.helpers import ANSWERED, PICTURES, check, random_states, run, tensors, torch_is_here, walk
from xent_ui.live import routes
from xent_ui.style import theme
from xent_ui.style.numbers import percent, tex, text

STATES, SNIPPETS = 200, 8


@pytest.fixture(params=ANSWERED, ids=str)
def picture(request):
    return ANSWERED[request.param]


def test_every_control_goes_through_its_range(picture):
    for values in walk(picture, most=25):
        check(picture(values, shown=True))
        check(picture(values))


def test_plotly_knows_every_name_of_the_figure(picture):
    for values in walk(picture, most=3):
        assert picture(values, shown=True).figure.data


def test_a_view_is_a_function_of_its_controls_and_view_answers_it(picture):
    forbidden = [task.name for task in picture.tasks if task.because]
    for number, values in enumerate(random_states(picture, STATES)):
        dark, shown = bool(number % 2), bool(number % 3)
        query = picture.write(values)
        view = picture(values, shown=shown, dark=dark)
        flags = {"dark": str(int(dark)), "shown": str(int(shown))}
        answered = json.loads(routes.view(picture.lesson, picture.name, urlencode(query | flags)))
        assert answered["figure"] == json.loads(json.dumps(view.figure.to_dict())), query
        assert (answered["caption"], answered["formula"]) == (view.caption, view.formula), query
        assert answered["solved"] == view.solved
        assert picture.write(picture.parse(query)) == query, "one address for one state"
        assert not any(view.solved[name] for name in forbidden), f"an impossible task was solved: {query}"


def test_dark_and_light_differ_in_colors_only(picture):
    light, dark = picture(shown=True, dark=False), picture(shown=True, dark=True)
    assert light.caption == dark.caption
    assert not theme.is_dark(), "a picture leaves no theme behind"
    assert json.dumps(light.figure.to_dict()) != json.dumps(dark.figure.to_dict())


@pytest.mark.parametrize(
    "bad", ["nan", "inf", "-1e999", "é🙂", "<script>", "1" * 5000, "1,2,3", "None", "\x00", "[1]", "{}"]
)
def test_a_value_that_a_control_does_not_have_is_refused_in_a_sentence(picture, bad):
    for key in picture.controls:
        with pytest.raises(ValueError, match=r"\w{3,}") as refused:
            picture.controls[key].parse(bad)
        assert "\n" not in str(refused.value)


def test_task_names_are_unique_and_no_task_is_solved_at_first(picture):
    names = [task.name for task in picture.tasks]
    assert len(set(names)) == len(names)
    view = picture()
    assert set(view.solved) == set(names)
    assert not any(view.solved.values()), f"solved before anything is done: {view.solved}"


def test_every_picture_has_a_sentence_of_its_own():
    for picture in PICTURES.values():
        assert picture.__doc__, picture.key
        assert picture.__doc__.strip().splitlines()[0].endswith("."), picture.key


def test_the_number_of_the_code_can_be_read_in_the_picture(picture):
    for values in [{}, *random_states(picture, SNIPPETS)]:
        view = picture(values, shown=True)
        if view.code is None:
            continue
        words = " ".join(
            [view.caption, view.formula, view.notes, json.dumps(view.figure.to_dict(), ensure_ascii=False)]
        )
        numbers = np.atleast_1d(view.code.value).ravel()[:8].tolist()
        written = [write(x, digits) for x in numbers for write in (text, tex) for digits in (2, 3, 4, 6)]
        written += [percent(x) for x in numbers]
        assert any(each in words for each in written), f"{view.code.value} is not to be read in: {words[:500]}"


def test_numpy_code_gives_the_number_of_the_picture(picture):
    for values in [{}, *random_states(picture, SNIPPETS)]:
        code = picture(values, shown=True).code
        if code is None:
            continue
        left = run(code.numpy)
        np.testing.assert_allclose(left["value"], code.value, rtol=1e-9, atol=1e-300, err_msg=code.numpy)


@pytest.mark.skipif(not torch_is_here, reason="PyTorch is not installed")
def test_torch_code_gives_the_same_number_and_slope_or_says_why_not(picture):
    for values in [{}, *random_states(picture, SNIPPETS)]:
        code = picture(values, shown=True).code
        if code is None:
            continue
        left = run(code.torch)
        value = left["value"].detach().numpy()
        grads = [tensor.grad for tensor in tensors(left)]
        same = value.shape == code.value.shape and np.allclose(value, code.value, rtol=1e-6, atol=1e-12)
        if code.grad is not None and len(grads) == 1:
            same &= np.allclose(grads[0].numpy(), code.grad, rtol=1e-6, atol=1e-9)
        assert same != bool(code.differs), f"{code.torch}\ngives {value}, not {code.value}; it says: {code.differs!r}"
