"""Tell three classes apart in Keras."""

import keras
import numpy as np

rng = np.random.default_rng(0)
labels = np.repeat([0, 1, 2], 100)
centers = np.array([[0, 0], [2, 0], [0, 2]])
points = centers[labels] + rng.normal(size=(300, 2))
weights = 0.01 * rng.normal(size=(3, 2))

layer = keras.layers.Dense(3)  # gives 3 logits
model = keras.Sequential([keras.Input((2,)), layer])
layer.set_weights([weights.T, np.zeros(3)])
loss = keras.losses.SparseCategoricalCrossentropy(
    from_logits=True
)
# PyTorch has this epsilon; Keras has 1e-7.
adam = keras.optimizers.Adam(0.02, epsilon=1e-8)
model.compile(loss=loss, optimizer=adam)

# One batch has all examples: an epoch is a step.
run = model.fit(
    points,
    labels,
    batch_size=300,
    epochs=201,
    verbose=0,
)
for step in range(0, 201, 50):
    loss = run.history["loss"][step]
    print(f"step {step:3}  loss {loss:.4f}")
