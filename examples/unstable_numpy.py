"""Take a softmax, then its logarithm."""

import numpy as np

z = np.array([1000.0, 0.0, -1000.0])

p = np.exp(z) / np.exp(z).sum()
print(np.log(p))
