"""Train a classifier of two classes in Keras."""

import keras
import numpy as np

rng = np.random.default_rng(0)
labels = np.repeat([0, 1], 100)
points = rng.normal(size=(200, 2)) + 1.5 * labels[:, None]
weights = 0.01 * rng.normal(size=(1, 2))

layer = keras.layers.Dense(1)  # returns a logit: no sigmoid here
model = keras.Sequential([keras.Input((2,)), layer])
layer.set_weights([weights.T, np.zeros(1)])
loss = keras.losses.BinaryCrossentropy(from_logits=True)
# By default epsilon is 1e-7; the other programs use 1e-8.
optimizer = keras.optimizers.Adam(0.02, epsilon=1e-8)
model.compile(loss=loss, optimizer=optimizer)

# One batch holds all examples, so an epoch is one step.
y = labels[:, None]  # (200, 1), like the logits
run = model.fit(points, y, batch_size=200, epochs=201, verbose=0)
for step in range(0, 201, 50):
    print(f"step {step:3d}  loss {run.history['loss'][step]:.4f}")
