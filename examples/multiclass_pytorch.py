"""Tell three classes apart in PyTorch."""

import numpy as np
import torch

rng = np.random.default_rng(0)
labels = np.repeat([0, 1, 2], 100)
centers = np.array([[0, 0], [2, 0], [0, 2]])
points = centers[labels] + rng.normal(size=(300, 2))
weights = 0.01 * rng.normal(size=(3, 2))

x = torch.tensor(points, dtype=torch.float32)
# The labels are class numbers, integers.
y = torch.tensor(labels)

model = torch.nn.Linear(2, 3)  # gives 3 logits
with torch.no_grad():
    model.weight.copy_(torch.tensor(weights))
    model.bias.zero_()
loss_function = torch.nn.CrossEntropyLoss()
adam = torch.optim.Adam(model.parameters(), lr=0.02)

for step in range(201):
    logits = model(x)  # (300, 3)
    loss = loss_function(logits, y)
    if step % 50 == 0:
        print(f"step {step:3}  loss {loss:.4f}")
    adam.zero_grad()
    loss.backward()
    adam.step()
