"""The area that is the cross-entropy, and one hump on two."""

import numpy as np
import pytest

from tests.figures.helpers import labels
from xent_core import Unit, cross_entropy, entropy, js_divergence, kl_divergence, surprise
from xent_core.gaussians import discrete_gaussian
from xent_ui.figures.base import GuessMark
from xent_ui.figures.cross_entropy import (
    LARGEST_CHANCE,
    LARGEST_DIVERGENCE,
    LARGEST_SURPRISE,
    area,
    humps,
    noisy_labels,
)
from xent_ui.style import theme
from xent_ui.views.cross_entropy import sum_of_cost

FAIR, SURE = np.array([0.5, 0.5]), np.array([0.95, 0.05])


def area_of(p, q, unit=Unit.BITS, guess=None, hidden=False):
    of_p, of_q = unit.of(surprise(p).value), unit.of(surprise(q).value)
    cost = sum_of_cost(p, q, unit)
    return area("ABCD"[: len(p)], p, q, of_p, of_q, cost=cost, unit=unit, guess=guess, hidden=hidden)


def areas(figure):
    """Return the areas of the columns, of what is overpaid above them, and of what is saved within them."""
    return [float(np.sum(np.asarray(bars.width) * np.asarray(bars.y))) for bars in figure.data[:3]]


def tapes(figure):
    """Return where the bars of the sum begin and end, from above, and their patterns."""
    found = [t for t in figure.data if t.type == "bar" and t.xaxis == "x2"]
    return [(float(t.base[0]), float(t.base[0] + t.x[0])) for t in found], [t.marker.pattern.shape for t in found]


@pytest.mark.parametrize("unit", list(Unit))
def test_the_columns_and_what_is_hatched_have_the_area_of_the_cross_entropy(unit):
    whole, overpaid, saved = areas(area_of(FAIR, SURE, unit))
    assert whole == pytest.approx(float(unit.of(entropy(FAIR).value)), rel=1e-6)
    assert overpaid - saved == pytest.approx(float(unit.of(kl_divergence(FAIR, SURE).value)), rel=1e-6)
    assert whole + overpaid - saved == pytest.approx(float(unit.of(cross_entropy(FAIR, SURE).value)), rel=1e-6)


def test_the_columns_of_the_truth_are_whole_whatever_is_believed():
    for q in (SURE, FAIR, np.array([0.3, 0.7]), np.array([1.0, 0.0])):
        figure = area_of(FAIR, q)
        assert list(figure.data[0].y) == [1, 1]
        assert list(figure.data[0].base) == [0, 0]


def test_what_is_overpaid_stands_above_its_column_and_what_is_saved_within():
    columns, overpaid, saved = area_of(FAIR, SURE).data[:3]
    assert list(overpaid.base) == list(columns.y)
    assert (float(overpaid.y[0]), float(overpaid.y[1])) == pytest.approx((0, np.log2(20) - 1))
    assert float(saved.base[0] + saved.y[0]) == pytest.approx(float(columns.y[0]))
    assert float(saved.base[0]) == pytest.approx(-np.log2(0.95))
    assert (overpaid.marker.pattern.shape, saved.marker.pattern.shape) == ("/", "\\")
    assert columns.marker.pattern.shape is None


def test_only_the_tops_of_the_model_move_with_the_model():
    first, second = area_of(FAIR, SURE).data, area_of(FAIR, np.array([0.6, 0.4])).data
    model = theme.color("model")
    for one, other in zip(first, second, strict=False):
        if one.xaxis != "x2" and getattr(one, "mode", "") == "lines":
            assert np.array_equal(one.y, other.y, equal_nan=True) == (one.line.color != model)


def test_the_sum_goes_up_by_what_is_overpaid_and_back_by_what_is_saved():
    figure = area_of(FAIR, SURE)
    (floor, overpaid, saved, total), patterns = tapes(figure)
    assert floor == pytest.approx((0, 1))
    assert overpaid == pytest.approx((1, 1 + (np.log2(20) - 1) / 2))
    assert saved == pytest.approx((total[1], overpaid[1]))
    assert total == pytest.approx((0, float(Unit.BITS.of(cross_entropy(FAIR, SURE).value))))
    assert patterns == [None, "/", "\\", None]
    said = {"H(p)", "1.00", "+ overpaid", "1.66", "− saved", "0.463", "= H(p, q)", "<b>2.20</b>", "q 0.95", "q 1/20"}
    assert said <= set(labels(figure))


@pytest.mark.parametrize(("guess", "marked"), [(GuessMark(0, 2.5), True), (None, False)])
def test_an_open_guess_leaves_the_sum_open(guess, marked):
    figure = area_of(FAIR, SURE, guess=guess, hidden=True)
    assert tapes(figure)[0] == [(0, 1)]  # H(p), which does not depend on the belief
    assert labels(figure).count("?") == 3
    assert not any(number in word for word in labels(figure) for number in ("2.20", "1.66", "0.463"))
    assert ("your guess" in labels(figure)) == marked


def test_an_infinite_surprise_is_torn_at_the_end_of_the_axis():
    figure = area_of(FAIR, np.array([1.0, 0.0]))
    end = LARGEST_SURPRISE[Unit.BITS]
    assert {"<b>↑ ∞</b>", "→ ∞", "<b>→ ∞</b>", "0.500"} <= set(labels(figure))
    assert max(float(np.max(np.add(t.base, t.y))) for t in figure.data[:3]) <= end
    assert max(high for _, high in tapes(figure)[0]) <= end
    torn = [t for t in figure.data if getattr(t, "mode", "") == "lines" and t.line.color == theme.color("paper")]
    assert len(torn) == 3  # the column of B, the overpaid and the sum


@pytest.mark.parametrize("narrow", [False, True])
def test_a_name_below_a_column_is_not_wider_than_the_column(narrow):
    p = np.array([0.02, 0.12, 0.16, 0.7])
    with theme.using(dark=False, narrow=narrow):
        shown = labels(area_of(p, np.full(4, 0.25)))
    assert "D 0.7" in shown
    assert not any(word.startswith("A") for word in shown)
    assert ("B 0.12" in shown) == (not narrow)


def test_humps_and_their_divergences():
    x = np.linspace(-6, 6, 121)
    p, q = 0.6 * discrete_gaussian(x, -2, 0.7) + 0.4 * discrete_gaussian(x, 2, 0.7), discrete_gaussian(x, -2, 0.7)
    values = {"KL(p‖q)": float(kl_divergence(p, q).value), "JS": float(js_divergence(p, q).value)}
    figure = humps(x, p, q, values, unit=Unit.NATS)
    bars = next(trace for trace in figure.data if trace.type == "bar")
    assert float(bars.x[1]) == pytest.approx(values["JS"], rel=1e-6)
    assert any(word.startswith("→") for word in labels(figure))


def test_a_narrow_hump_is_not_cut_flat():
    x = np.linspace(-6, 6, 121)
    q = discrete_gaussian(x, -4, 0.4)
    figure = humps(x, discrete_gaussian(x, 2, 0.7), q, {"JS": 0.9}, unit=Unit.BITS)
    assert float(max(figure.data[1].y)) == pytest.approx(float(q.max()))
    assert q.max() > LARGEST_CHANCE
    assert "model q ↑ 0.0997" in labels(figure)


def test_a_divergence_beyond_its_axis_is_torn_and_has_an_arrow():
    x = np.linspace(-6, 6, 121)
    p, end = discrete_gaussian(x, 2, 0.7), LARGEST_DIVERGENCE[Unit.BITS]
    figure = humps(x, p, p, {"KL(p‖q)": 75.5, "KL(q‖p)": 6.95, "JS": 1.0}, unit=Unit.BITS)
    assert list(next(t for t in figure.data if t.type == "bar").x) == [end, end, 1.0]
    assert {"→ 75.5", "→ 6.95", "1.00"} <= set(labels(figure))
    assert list(figure.layout.xaxis2.ticktext) == ["0", "1 bit", "2 bits", "3 bits", "4 bits"]


def test_the_written_sum_is_the_sum_of_its_written_parts():
    # 1.45 + 0.0848 is not 1.54: with three digits the parts of this belief would not add up
    rng = np.random.default_rng(0)
    for _ in range(200):
        p, q = rng.dirichlet([1, 1, 1]), rng.dirichlet([3, 3, 3])
        words = labels(area_of(p, q))
        words = words[len(words) - 8 :]  # below the columns
        at = [words.index(name) + 1 for name in ("H(p)", "+ overpaid", "− saved", "= H(p, q)")]
        floor, overpaid, saved, total = (words[k].strip("<b>/→ ") for k in at)
        if "×" in floor + overpaid + saved:
            continue
        places = min(len(each.partition(".")[2]) for each in (floor, overpaid, saved, total) if each != "0")
        written = float(floor) + float(overpaid) - float(saved)
        assert abs(written - float(total)) <= 0.5 * 10**-places + 1e-9


@pytest.mark.parametrize("q", [0.1, 0.55, 0.9])
def test_the_mean_loss_stands_above_its_floor(q):
    said = np.linspace(0.1, 0.9, 9)
    figure = noisy_labels(said, 1 + said, at=(q, 1.2), floor=0.469, unit=Unit.BITS)
    assert any("floor H(Y|X) = 0.469" in word for word in labels(figure))
    assert any("<b>1.20" in word for word in labels(figure))
