"""Tell three classes apart with xent_core."""

import numpy as np

from xent_core import (
    Adam,
    mean,
    sparse_softmax_cross_entropy,
)

rng = np.random.default_rng(0)
labels = np.repeat([0, 1, 2], 100)
centers = np.array([[0, 0], [2, 0], [0, 2]])
points = centers[labels] + rng.normal(size=(300, 2))
weights = 0.01 * rng.normal(size=(3, 2))

# A column of ones turns the biases into weights.
x = np.column_stack([points, np.ones(300)])
params = np.column_stack([weights, np.zeros(3)])
adam = Adam(learning_rate=0.02)
state = adam.init(params)

for step in range(201):
    logits = x @ params.T  # (300, 3)
    losses = sparse_softmax_cross_entropy(
        logits, labels
    )
    loss, slope = mean(losses)  # (p - y) / 300
    if step % 50 == 0:
        print(f"step {step:3}  loss {loss:.4f}")
    grad = slope.T @ x  # the chain rule
    params, state = adam.step(params, grad, state)
