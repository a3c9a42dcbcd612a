"""Write adam_reference.json: 100 steps of PyTorch's Adam down a curved valley, in float64.

Run where PyTorch is installed (made with 2.13.0 on CPU): python tests/core/make_adam_reference.py
"""

import json
from pathlib import Path

import numpy as np

START = [-1.5, 2.0, 0.25]
SETTINGS = {"learning_rate": 0.05, "mean_decay": 0.85, "square_decay": 0.99, "epsilon": 1e-8}


def valley_gradient(w: np.ndarray) -> np.ndarray:
    """Return the gradient of (1 - a)^2 + 10 (b - a^2)^2 + c^4 / 4."""
    a, b, c = w
    return np.array([-2 * (1 - a) - 40 * a * (b - a**2), 20 * (b - a**2), c**3])


def main() -> None:
    import torch

    w = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    adam = torch.optim.Adam(
        [w],
        lr=SETTINGS["learning_rate"],
        betas=(SETTINGS["mean_decay"], SETTINGS["square_decay"]),
        eps=SETTINGS["epsilon"],
    )
    path = []
    for _ in range(100):
        w.grad = torch.from_numpy(valley_gradient(w.detach().numpy()))
        adam.step()
        path.append(w.tolist())
    reference = {"torch": torch.__version__, "path": path}
    Path(__file__).with_name("adam_reference.json").write_text(json.dumps(reference) + "\n")


if __name__ == "__main__":
    main()
