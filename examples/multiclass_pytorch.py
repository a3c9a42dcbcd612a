"""Train a classifier of three classes in PyTorch."""

import numpy as np
import torch

rng = np.random.default_rng(0)
labels = np.repeat([0, 1, 2], 100)
centers = np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 2.0]])
points = rng.normal(size=(300, 2)) + centers[labels]
weights = 0.01 * rng.normal(size=(3, 2))

x = torch.tensor(points, dtype=torch.float32)
# CrossEntropyLoss wants class numbers as integers (int64).
y = torch.tensor(labels)

model = torch.nn.Linear(2, 3)  # returns logits: no softmax here
with torch.no_grad():
    model.weight.copy_(torch.tensor(weights))
    model.bias.zero_()
loss_function = torch.nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)

for step in range(201):
    logits = model(x)  # (300, 3)
    loss = loss_function(logits, y)
    if step % 50 == 0:
        print(f"step {step:3d}  loss {loss.item():.4f}")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
