"""Take softmax and logarithm in one step."""

import numpy as np

z = np.array([1000.0, 0.0, -1000.0])

m = z.max()
print(z - m - np.log(np.exp(z - m).sum()))
