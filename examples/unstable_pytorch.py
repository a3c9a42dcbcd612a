"""Take a softmax, then its logarithm."""

import torch

z = torch.tensor([120.0, 0.0], requires_grad=True)

p = torch.softmax(z, dim=0)
loss = -torch.log(p[1])  # class 1 is right

loss.backward()
print("loss", loss.item())
print("gradient", z.grad.tolist())
