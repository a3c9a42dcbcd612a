"""Tell two classes apart in Keras."""

import keras
import numpy as np

rng = np.random.default_rng(0)
labels = np.repeat([0, 1], 100)
points = rng.normal(size=(200, 2))
points[labels == 1] += 1.5
weights = 0.01 * rng.normal(size=(1, 2))

layer = keras.layers.Dense(1)  # gives a logit
model = keras.Sequential([keras.Input((2,)), layer])
layer.set_weights([weights.T, np.zeros(1)])
loss = keras.losses.BinaryCrossentropy(
    from_logits=True
)
# PyTorch has this epsilon; Keras has 1e-7.
adam = keras.optimizers.Adam(0.02, epsilon=1e-8)
model.compile(loss=loss, optimizer=adam)

# One batch has all examples: an epoch is a step.
y = labels[:, None]  # (200, 1), like the logits
run = model.fit(
    points, y, batch_size=200, epochs=201, verbose=0
)
for step in range(0, 201, 50):
    loss = run.history["loss"][step]
    print(f"step {step:3}  loss {loss:.4f}")
