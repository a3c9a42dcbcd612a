"""Controls that several lessons share."""

from typing import Final

from xent_core import Unit
from xent_ui.controls.declarations import Choice, Slider

probability: Final = Slider("p", "How likely it was, *p*", 0.001, 1.0, 0.5, 0.001, "%.3f")
logit: Final = Slider("z", "Logit *z*", -10.0, 10.0, -2.0, 0.1, "%.1f")
label: Final = Choice("y", "What is true, *y*", {1: "y = 1", 0: "y = 0"}, 1)
unit: Final = Choice("unit", "Unit", {Unit.BITS: "bits", Unit.NATS: "nats"}, Unit.BITS)
temperature: Final = Slider("cool", "Temperature, *T*", 0.2, 5.0, 1.0, 0.05, "%.2f")
random_seed: Final = Slider("seed", "Random seed", 1, 20, 1, 1)
