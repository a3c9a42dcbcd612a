"""Tell three classes apart in scikit-learn."""

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

rng = np.random.default_rng(0)
labels = np.repeat([0, 1, 2], 100)
centers = np.array([[0, 0], [2, 0], [0, 2]])
points = centers[labels] + rng.normal(size=(300, 2))

# By default C=1.0 adds a penalty on large weights.
model = LogisticRegression(C=np.inf).fit(
    points, labels
)
p = model.predict_proba(points)  # (300, 3)
print(f"loss {log_loss(labels, p):.4f}")
