"""Take softmax and logarithm in one step."""

import torch

z = torch.tensor([120.0, 0.0], requires_grad=True)

log_p = torch.log_softmax(z, dim=0)
loss = -log_p[1]  # class 1 is right

loss.backward()
print("loss", loss.item())
print("gradient", z.grad.tolist())
