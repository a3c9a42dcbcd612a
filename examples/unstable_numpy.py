"""Compute the logarithm of a softmax in two steps."""

import numpy as np

z = np.array([1000.0, 0.0, -1000.0])

p = np.exp(z) / np.exp(z).sum()
print(np.log(p))
