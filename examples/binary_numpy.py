"""Train a classifier of two classes in NumPy, with xent_core."""

import numpy as np

from xent_core import Adam, binary_cross_entropy_with_logits, mean

rng = np.random.default_rng(0)
labels = np.repeat([0, 1], 100)
points = rng.normal(size=(200, 2)) + 1.5 * labels[:, None]
weights = 0.01 * rng.normal(size=(1, 2))

# A column of ones lets the bias be one more weight.
x = np.column_stack([points, np.ones(200)])
params = np.append(weights, 0.0)
optimizer = Adam(learning_rate=0.02)
state = optimizer.init(params)

for step in range(201):
    logits = x @ params
    losses = binary_cross_entropy_with_logits(logits, labels)
    loss, slope = mean(losses)  # slope is (p - y) / 200
    if step % 50 == 0:
        print(f"step {step:3d}  loss {loss:.4f}")
    grad = slope @ x  # the chain rule, from logits to params
    params, state = optimizer.step(params, grad, state)
