import pytest

from tests.pages.helpers import check_challenges, is_solved, open_lesson, says


def test_each_challenge_has_a_state_that_solves_it():
    check_challenges(
        "numerics",
        {
            "In float32, break the textbook formula but not": {"big": "100"},
            "In float64: a loss that “max off” calls 0": {"big": "100", "wanted": "the sure one"},
            "With 120, 118 and 0: a shift that saves all three": {"taken": 119},
            "Take off so much that float32 believes the sum is 0.": {"taken": 230},
            "Make the loss of a *right* answer nan.": {"far": 20},
            "Be wrong by a logit of 20 or more and feel no pull": {"far": -30},
            "In float32: a clip so small that it rounds away": {"far": 30, "y": "y = 0", "hold": "10⁻⁸"},
        },
    )


@pytest.mark.parametrize(
    ("task", "toggle", "state"),
    [
        ("Take off the maximum and still overflow.", "overflow", {"taken": 120}),
        ("In float64, clipped at 10⁻⁷, make a mistake cost 17 nats.", "seventeen", {"far": -50, "format": "float64"}),
    ],
)
def test_what_cannot_be_done_is_seen_through(task, toggle, state):
    page = open_lesson("numerics", **state)
    assert not is_solved(page, task)
    page.toggle(key=f"forbidden_numerics_{toggle}").set_value(True).run()
    assert is_solved(page, task)


def test_a_thousand_three_ways():
    # "Why does the textbook formula return nan?"
    assert says(open_lesson("numerics", lock_numerics=True), "float16 nan, float32 nan, float64 nan")
    # "A wider format moves the edge, from 89 to 710"
    page = open_lesson("numerics", big="89")
    assert says(page, "float16 nan, float32 nan, float64 89.0")
    assert says(open_lesson("numerics", big="88"), "float32 88.0")
    assert says(open_lesson("numerics", big="709"), "float64 709")
    assert says(open_lesson("numerics", big="710"), "float64 nan")


def test_the_prediction():
    # "float16 cannot hold e¹²": and e¹¹ it can
    assert says(open_lesson("numerics", lock_numerics=True), "it is **89**")
    assert says(open_lesson("numerics", big="11"), "float16 11.0")
    assert says(open_lesson("numerics", big="12"), "float16 nan")


def test_the_steps():
    assert says(open_lesson("numerics"), "the powers are ∞, ∞, 1.00; their sum ∞; plus c, ∞. Exactly: 120.127.")
    assert says(open_lesson("numerics", taken=118), "z − c is 2.00, 0, −118; the powers are 7.39, 1.00, 0;")


def test_the_clip():
    # "A probability held above 10⁻⁷ costs at most −ln 10⁻⁷ = 16.1 nats."
    assert says(open_lesson("numerics", far=-30), "from p 30.0, from a clipped p 16.1, from the logit 30.0")
    # "the slope is 0 exactly where the model is most wrong ... The exact slope there is −1."
    page = open_lesson("numerics", far=-30, measure="its gradient", format="float64")
    assert says(page, "exactly −1.00; from p −1.00, from a clipped p 0, from the logit −1.00")
    # "Near 1 that gap is 10⁻⁷ in float32"
    assert says(open_lesson("numerics", far=20, y="y = 0"), "exactly 20.0; from p ∞, from a clipped p 15.9")


def test_the_same_state_in_pytorch():
    page = open_lesson("numerics", code_sparse_softmax_cross_entropy=True, code_logsumexp=True)
    assert any("cross_entropy(z, torch.tensor(1))" in block.value for block in page.code)
    assert any("z.logsumexp(-1)" in block.value for block in page.code)
