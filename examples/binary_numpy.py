"""Tell two classes apart with xent_core."""

import numpy as np

from xent_core import (
    Adam,
    binary_cross_entropy_with_logits,
    mean,
)

rng = np.random.default_rng(0)
labels = np.repeat([0, 1], 100)
points = rng.normal(size=(200, 2))
points[labels == 1] += 1.5
weights = 0.01 * rng.normal(size=(1, 2))

# A column of ones turns the bias into a weight.
x = np.column_stack([points, np.ones(200)])
params = np.append(weights, 0.0)
adam = Adam(learning_rate=0.02)
state = adam.init(params)

for step in range(201):
    logits = x @ params
    losses = binary_cross_entropy_with_logits(
        logits, labels
    )
    loss, slope = mean(losses)  # (p - y) / 200
    if step % 50 == 0:
        print(f"step {step:3}  loss {loss:.4f}")
    grad = slope @ x  # the chain rule
    params, state = adam.step(params, grad, state)
