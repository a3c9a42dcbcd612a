"""Tell two classes apart in scikit-learn."""

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

rng = np.random.default_rng(0)
labels = np.repeat([0, 1], 100)
points = rng.normal(size=(200, 2))
points[labels == 1] += 1.5

# By default C=1.0 adds a penalty on large weights.
model = LogisticRegression(C=np.inf).fit(
    points, labels
)
p = model.predict_proba(points)[:, 1]  # of class 1
print(f"loss {log_loss(labels, p):.4f}")
