"""The docstrings of xent_core are read whole, and one that is laid out otherwise is refused."""

import ast
import inspect
from importlib import import_module
from pathlib import Path

import pytest

import xent_core
from xent_ui.course.docstrings import Argument, Docstring, Method, definitions, parse, signature

MODULES = sorted(path.stem for path in Path(xent_core.__file__).parent.glob("*.py"))

WHOLE = """Return the surprise of an event,
in nats.

It is 0 for a certain event.

It adds up.

probs, q  (..., K)  sums to 1;
                    leading axes broadcast
n         >= 1      how many
level     in (0, 1)
seed      the same seed gives the same
grad                shaped like that argument
Returns   value (...) in [0, inf];
          grad  (...)
Raises    ValueError if p is NaN
Source    Shannon (1948)

>>> surprise(
...     1.0
... ).value  # certain
array(0.)
>>> surprise(0.5).value.round(2)
0.69
"""


def test_all_parts_of_a_docstring_are_found():
    assert parse(WHOLE) == Docstring(
        "Return the surprise of an event, in nats.",
        ("It is 0 for a certain event.", "It adds up."),
        (
            Argument("probs, q", "(..., K)", "sums to 1; leading axes broadcast"),
            Argument("n", ">= 1", "how many"),
            Argument("level", "in (0, 1)", ""),
            Argument("seed", "", "the same seed gives the same"),
            Argument("grad", "", "shaped like that argument"),
        ),
        "value (...) in [0, inf]; grad (...)",
        "",
        "ValueError if p is NaN",
        "Shannon (1948)",
        WHOLE[WHOLE.index(">>>") :].rstrip(),
    )


def test_what_is_not_there_is_empty():
    assert parse("Return 1.") == Docstring("Return 1.")
    assert parse("Yield.\n\nn       >= 1\nYields  numbers").yields == "numbers"
    assert parse("Return 1.\n\n>>> 1\n1\n").example == ">>> 1\n1"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no summary"),
        ("p  (...)  in [0, 1]", "no summary"),
        (">>> 1\n1", "no summary"),
        ("Return 1.\n\nprobs  (...)\ntarget  (...)", "'target  .*' is not aligned"),
        ("Return 1.\n\nprobs   (...)\nq  (...)", "'q .*' is not aligned"),
        ("Return 1.\n\nprobs  (...)\n   more", "'more' is not aligned"),
        ("Return 1.\n\nprobs  (...)\nq", "'q' is not aligned"),
        ("Return 1.\n\np  (...)\np  (...)", "p has two rows"),
        ("Return 1.\n\np  (...)\n\nThen more.", "'Then more.' stands after the table"),
        ("Return 1.\n\np  (...)\n\nq  (...)", "stands after the table"),
        ("Return 1.\n\nReturns  1\np        (...)", "must end with Returns"),
        ("Return 1.\n\nRaises   ValueError\nReturns  1", "must end with Returns"),
        ("Return 1.\n\nSource  A book\nRaises  ValueError", "must end with Returns"),
        ("Return 1.\n\nThen\n    an indented block", "is indented, but no table"),
        ("Return 1.\n\n>>> 1\n1\n\nThen more.", "'Then more.' stands after the example"),
    ],
)
def test_a_docstring_that_is_laid_out_otherwise_is_refused(text, why):
    with pytest.raises(ValueError, match=why):
        parse(text)


def test_the_error_names_the_function(tmp_path):
    path = tmp_path / "bad.py"
    path.write_text('def f():\n    """Return 1.\n\n    p  (...)\n    longer  (...)\n    """\n')
    with pytest.raises(ValueError, match="bad.f: 'longer  .*' is not aligned"):
        definitions("bad", path)
    path.write_text("def f():\n    return 1\n")
    with pytest.raises(ValueError, match="bad.f: it has no summary"):
        definitions("bad", path)


SOURCE = '''
def short(x: int, /, *y: float, z=1, **more: str) -> bool:
    """Return."""

def long(logits: ArrayLike, target: ArrayLike, *, label_smoothing: float = 0.0, weight: ArrayLike | None = None):
    """Return."""

class Fields:
    """A record."""
    step: int
    model: Model = field(default_factory=LinearModel)
    rate: float = 0.1
    def of(self, nats: Any) -> Any:
        """Return an amount of nats.

        More.
        """
    @property
    def norm(self) -> float:
        """Return the norm."""
    def _private(self):
        pass

class Unit(Enum):
    """A unit."""
    NATS = 1
    BITS = 2
'''


def test_signatures_are_as_the_source_writes_them(tmp_path):
    path = tmp_path / "some.py"
    path.write_text(SOURCE)
    short, long, fields, unit = definitions("some", path)
    assert short.signature == "short(x: int, *y: float, z=1, **more: str) -> bool"
    assert long.signature.splitlines() == [
        "long(",
        "    logits: ArrayLike,",
        "    target: ArrayLike,",
        "    *,",
        "    label_smoothing: float = 0.0,",
        "    weight: ArrayLike | None = None,",
        ")",
    ]
    assert fields.signature == "Fields(step: int, model: Model = LinearModel(), rate: float = 0.1)"
    assert fields.methods == (
        Method("of(nats: Any) -> Any", "Return an amount of nats."),
        Method("norm", "Return the norm."),
    )
    assert unit.signature == "Unit.NATS, Unit.BITS"


@pytest.mark.parametrize("module", MODULES)
def test_every_docstring_of_xent_core_is_read_whole(module):
    path = Path(xent_core.__file__).parent / f"{module}.py"
    for found in definitions(module, path):
        thing = inspect.unwrap(getattr(import_module(f"xent_core.{module}"), found.name))
        docstring = found.docstring
        letters = "".join(
            [
                docstring.summary,
                *docstring.paragraphs,
                *("".join(each) for each in docstring.arguments),
                docstring.returns and f"Returns{docstring.returns}",
                docstring.yields and f"Yields{docstring.yields}",
                docstring.raises and f"Raises{docstring.raises}",
                docstring.source and f"Source{docstring.source}",
                docstring.example,
            ]
        )
        written = inspect.getdoc(thing)
        assert sorted("".join(letters.replace(",", "").split())) == sorted("".join(written.replace(",", "").split()))
        if inspect.isfunction(thing):
            node = ast.parse(inspect.getsource(thing)).body[0]
            assert list(inspect.signature(thing).parameters) == [each.arg for each in all_arguments(node.args)]
            assert found.signature == signature(node)


def all_arguments(arguments):
    """The arguments of a function in the order of its signature."""
    found = [*arguments.posonlyargs, *arguments.args, arguments.vararg, *arguments.kwonlyargs, arguments.kwarg]
    return [each for each in found if each]
