"""The area that is the cross-entropy, and one hump on two."""

import numpy as np
import pytest

from tests.figures.helpers import labels
from xent_core import Unit, cross_entropy, entropy, js_divergence, kl_divergence, surprise
from xent_core.gaussians import discrete_gaussian
from xent_ui.figures.base import GuessMark
from xent_ui.figures.cross_entropy import GAUGE_AT, LARGEST_SURPRISE, Cost, area, humps, noisy_labels

FAIR, SURE = np.array([0.5, 0.5]), np.array([0.95, 0.05])


def area_of(p, q, unit=Unit.BITS, guess=None, hidden=False):
    cost = Cost(float(unit.of(entropy(p).value)), float(unit.of(kl_divergence(p, q).value)))
    of_p, of_q = unit.of(surprise(p).value), unit.of(surprise(q).value)
    return area("ABCD"[: len(p)], p, q, of_p, of_q, cost=cost, unit=unit, guess=guess, hidden=hidden)


@pytest.mark.parametrize("unit", list(Unit))
def test_the_rectangles_have_the_area_of_the_cross_entropy(unit):
    below, above = area_of(FAIR, SURE, unit).data[:2]
    drawn = np.sum(np.asarray(below.width) * (np.asarray(below.y) + np.asarray(above.y)))
    assert drawn == pytest.approx(float(unit.of(cross_entropy(FAIR, SURE).value)), rel=1e-6)


def test_the_gauge_has_the_scale_of_the_rectangles():
    figure = area_of(FAIR, SURE)
    floor, excess = (trace for trace in figure.data if trace.type == "bar" and list(trace.x) == [GAUGE_AT])
    assert float(floor.y[0] + excess.y[0]) == pytest.approx(2.198, abs=1e-3)
    assert {"<b>2.20</b>", "q 0.95", "q 1/20"} <= set(labels(figure))


@pytest.mark.parametrize(("guess", "marked"), [(GuessMark(0, 2.5), True), (None, False)])
def test_an_open_guess_hides_the_gauge(guess, marked):
    figure = area_of(FAIR, SURE, guess=guess, hidden=True)
    assert not any("2.20" in word or "KL" in word for word in labels(figure))
    assert ("guess <b>?</b>" in labels(figure)) == marked


def test_an_infinite_surprise_is_cut_at_the_end_of_the_axis():
    figure = area_of(FAIR, np.array([1.0, 0.0]))
    assert "<b>↑ ∞</b>" in labels(figure)
    assert max(float(np.max(t.y)) for t in figure.data if t.type == "bar") <= LARGEST_SURPRISE[Unit.BITS]


def test_humps_and_their_divergences():
    x = np.linspace(-6, 6, 121)
    p, q = 0.6 * discrete_gaussian(x, -2, 0.7) + 0.4 * discrete_gaussian(x, 2, 0.7), discrete_gaussian(x, -2, 0.7)
    values = {"KL(p‖q)": float(kl_divergence(p, q).value), "JS": float(js_divergence(p, q).value)}
    figure = humps(x, p, q, values, unit=Unit.NATS)
    bars = next(trace for trace in figure.data if trace.type == "bar")
    assert float(bars.y[1]) == pytest.approx(values["JS"], rel=1e-6)
    assert any(word.startswith("↑") for word in labels(figure))


def test_the_written_area_is_the_sum_of_its_written_parts():
    # 1.45 + 0.0848 is not 1.54: with three digits the parts of this belief would not add up
    rng = np.random.default_rng(0)
    for _ in range(200):
        p, q = rng.dirichlet([1, 1, 1]), rng.dirichlet([3, 3, 3])
        words = labels(area_of(p, q))
        total = next(word for word in words if word.startswith("<b>") and "↑" not in word).strip("</b>")
        floor, excess = (next(word.split()[-1] for word in words if f" {name} " in word) for name in ("H", "KL"))
        if "×" in excess or "↑" in "".join(words):
            continue
        places = min(len(each.partition(".")[2]) for each in (total, floor, excess))
        assert abs(float(floor) + float(excess) - float(total)) <= 0.5 * 10**-places + 1e-9


@pytest.mark.parametrize("q", [0.1, 0.55, 0.9])
def test_the_mean_loss_stands_above_its_floor(q):
    said = np.linspace(0.1, 0.9, 9)
    figure = noisy_labels(said, 1 + said, at=(q, 1.2), floor=0.469, unit=Unit.BITS)
    assert any("floor H(Y|X) = 0.469" in word for word in labels(figure))
    assert any("<b>1.20" in word for word in labels(figure))
