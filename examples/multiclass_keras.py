"""Train a classifier of three classes in Keras."""

import keras
import numpy as np

rng = np.random.default_rng(0)
labels = np.repeat([0, 1, 2], 100)
centers = np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 2.0]])
points = rng.normal(size=(300, 2)) + centers[labels]
weights = 0.01 * rng.normal(size=(3, 2))

layer = keras.layers.Dense(3)  # returns logits: no softmax here
model = keras.Sequential([keras.Input((2,)), layer])
layer.set_weights([weights.T, np.zeros(3)])
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
# By default epsilon is 1e-7; the other programs use 1e-8.
optimizer = keras.optimizers.Adam(0.02, epsilon=1e-8)
model.compile(loss=loss, optimizer=optimizer)

# One batch holds all examples, so an epoch is one step.
run = model.fit(points, labels, batch_size=300, epochs=201, verbose=0)
for step in range(0, 201, 50):
    print(f"step {step:3d}  loss {run.history['loss'][step]:.4f}")
