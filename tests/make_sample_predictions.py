"""Make the sample of predictions that comes with the course: 400 photos, and a model that is overconfident.

Each photo has true log-probabilities of showing a cat, a dog or a fox, and its label is drawn from them. The model's
logits are twice these, plus noise. So the model is too sure, by a temperature of about 2 but not in every row
alike, and what a fitted temperature is worth shows only on rows that it was not fitted on.

    python -m tests.make_sample_predictions
"""

import numpy as np

from xent_core import softmax
from xent_ui.experiments.prediction_scores import SAMPLE

CLASSES = ("cat", "dog", "fox")
SHARES = (0.42, 0.40, 0.14)  # up to scale
PHOTOS = 400
SPREAD = 2.2  # of the true logits: how different the photos are
OVERCONFIDENCE = 2.0
NOISE = 0.35  # of the model's logits
SEED = 23


def content() -> str:
    chance = np.random.default_rng(SEED)
    true_logits = chance.normal(0, SPREAD, (PHOTOS, len(CLASSES))) + np.log(SHARES)
    labels = [chance.choice(len(CLASSES), p=probs) for probs in softmax(true_logits)]
    stated = softmax(OVERCONFIDENCE * true_logits + chance.normal(0, NOISE, true_logits.shape))
    rows = [
        f"{CLASSES[label]},{','.join(f'{p:.9f}' for p in probs)}" for label, probs in zip(labels, stated, strict=True)
    ]
    return "\n".join([f"label,{','.join(CLASSES)}", *rows, ""])


if __name__ == "__main__":
    SAMPLE.write_text(content(), encoding="utf-8")
