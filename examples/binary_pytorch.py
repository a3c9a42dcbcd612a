"""Train a classifier of two classes in PyTorch."""

import numpy as np
import torch

rng = np.random.default_rng(0)
labels = np.repeat([0, 1], 100)
points = rng.normal(size=(200, 2)) + 1.5 * labels[:, None]
weights = 0.01 * rng.normal(size=(1, 2))

x = torch.tensor(points, dtype=torch.float32)
# BCEWithLogitsLoss wants labels as floats, shaped like the logits.
y = torch.tensor(labels, dtype=torch.float32)

model = torch.nn.Linear(2, 1)  # returns a logit: no sigmoid here
with torch.no_grad():
    model.weight.copy_(torch.tensor(weights))
    model.bias.zero_()
loss_function = torch.nn.BCEWithLogitsLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)

for step in range(201):
    logits = model(x).squeeze(1)  # from (200, 1) to (200,)
    loss = loss_function(logits, y)
    if step % 50 == 0:
        print(f"step {step:3d}  loss {loss.item():.4f}")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
