"""Tell two classes apart in PyTorch."""

import numpy as np
import torch

rng = np.random.default_rng(0)
labels = np.repeat([0, 1], 100)
points = rng.normal(size=(200, 2))
points[labels == 1] += 1.5
weights = 0.01 * rng.normal(size=(1, 2))

x = torch.tensor(points, dtype=torch.float32)
# The labels are floats, shaped like the logits.
y = torch.tensor(labels, dtype=torch.float32)

model = torch.nn.Linear(2, 1)  # gives a logit
with torch.no_grad():
    model.weight.copy_(torch.tensor(weights))
    model.bias.zero_()
loss_function = torch.nn.BCEWithLogitsLoss()
adam = torch.optim.Adam(model.parameters(), lr=0.02)

for step in range(201):
    logits = model(x).squeeze(1)  # (200,)
    loss = loss_function(logits, y)
    if step % 50 == 0:
        print(f"step {step:3}  loss {loss:.4f}")
    adam.zero_grad()
    loss.backward()
    adam.step()
