"""Which functions of xent_core a lesson uses: what its files import, and what shared experiments use of it."""

import inspect
from importlib import import_module

import pytest

from xent_ui.course import used_names
from xent_ui.course.reference import entries, lessons_by_function
from xent_ui.course.table import FILES
from xent_ui.course.used_names import names_used
from xent_ui.views.base import LESSONS

PUBLIC = ["Adam", "Unit", "draw", "exact_exp", "focal", "hinge", "mean", "scale", "softmax", "squares"]


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A small course: a lesson, an experiment with a table, and a library."""
    files = {
        "xent_core/training.py": (
            "from xent_core.losses import focal, hinge\n"
            "def _hinge(z, y):\n    return hinge(z, 2 * y - 1)\n"
            "LOSSES = {'focal': focal, 'hinge': _hinge}\n"
        ),
        "xent_core/precision.py": "def exact_exp(x):\n    return x\n",
        "xent_ui/experiments/runs.py": (
            "from xent_core import Adam, squares\nfrom xent_core.training import LOSSES\n"
            "OPTIMIZERS = {'Adam': Adam}\n"
            "def run(loss):\n    return LOSSES[loss], helper()\n"
            "def helper():\n    return squares\n"
            "def other():\n    from xent_core import mean\n    return mean, OPTIMIZERS\n"
        ),
        "xent_ui/views/lesson.py": "from xent_ui.experiments.runs import run\nrun('focal')\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    with monkeypatch.context() as patch:
        patch.setattr(used_names, "ROOT", tmp_path)
        used_names._references.cache_clear()
        yield tmp_path
    used_names._references.cache_clear()


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("from xent_core import softmax, mean\nsoftmax(mean)", {"softmax", "mean"}),
        ("from xent_core import softmax as s\ns()", {"softmax"}),
        ("from xent_core import precision as fp\nfp.exact_exp(1)", {"exact_exp"}),
        ("from xent_core.training import LOSSES\nLOSSES['focal']", {"focal", "hinge"}),
        ("from xent_ui.experiments.runs import run\nrun('focal')", {"squares"}),
        ("from xent_ui.experiments import runs\nruns.run('focal')", {"squares"}),
        ("from xent_ui.experiments.runs import other\nother()", {"mean", "Adam"}),
        ("from xent_ui.live import show\nshow.scale()", set()),
        ("from numpy import mean\nmean()", set()),
        ("def draw():\n    pass\ndraw()", set()),
    ],
)
def test_imports_are_followed_through_what_lessons_share(course, text, used):
    lesson = course / "lesson.py"
    lesson.write_text(text)
    used_names._read.cache_clear()
    assert names_used([lesson], PUBLIC) == used


@pytest.mark.parametrize("lesson", sorted(LESSONS & set(FILES)))
def test_what_a_view_holds_of_xent_core_is_used_by_its_lesson(lesson):
    view = import_module(f"xent_ui.views.{lesson}")
    for thing in vars(view).values():
        if inspect.isroutine(thing) or inspect.isclass(thing):
            name = thing.__name__
            if name in entries() and thing.__module__ == f"xent_core.{entries()[name].module}":
                assert lesson in lessons_by_function()[name], f"{lesson} does not list {name}"


def test_some_that_a_reader_would_look_for():
    used = lessons_by_function()
    assert used["listnet_loss"] == ["loss_family"]
    assert used["draw"] == ["surprise"]
    assert "training_lab" in used["hinge_loss"], "by a private function in a table"
    assert "training_lab" in used["Momentum"], "by an experiment"
    assert "calibration" not in used["Momentum"], "by the same experiment, which picks another entry of its table"
    assert "in_code" in used["Adam"], "by a program of the page"
    assert used["exact_exp"] == ["numerics"]
    assert set(used) <= set(entries())
    assert all(files == [file for file in FILES if file in files] for files in used.values()), (
        "in the order of the course"
    )
