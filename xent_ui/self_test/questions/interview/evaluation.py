"""Questions about judging a model: accuracy, AUC, base rates, calibration, temperature."""

from typing import Final

import numpy as np

from xent_core import entropy, mean, softmax, surprise
from xent_ui.self_test.questions.interview.question import ENGINEER, LOGITS, RESEARCH, SCREEN, Question, nats, num
from xent_ui.self_test.questions.proof import Proof

BEFORE, CLOSER, AFTER = (
    float(mean(surprise(np.array(p))).value)
    for p in ([0.6] * 3 + [0.4] * 2, [0.6] * 3 + [0.49, 0.4], [0.51] * 4 + [0.001])
)
RARE = float(entropy([0.02, 0.98]).value)
HOT = softmax(LOGITS, temperature=20.0)

QUESTIONS: Final = (
    Question(
        "why_not_accuracy",
        "metrics",
        SCREEN,
        "Why not train on accuracy directly?",
        "Because accuracy has no slope to follow: it changes only when an example crosses the threshold, and between "
        "such jumps its gradient is 0. It also cannot tell 51 % from 99 %. Cross-entropy is smooth, and in bits it is "
        "never below the error rate, since a wrong verdict costs at least 1 bit. If one of five forecasts rises from "
        f"0.4 to 0.49, accuracy stays at 60 %, and the loss falls from {num(BEFORE)} to {nats(CLOSER)}.",
        Proof("training_lab", "five_forecasts", {"f4": "0.49"}, "0.632"),
    ),
    Question(
        "auc_or_log_loss",
        "metrics",
        RESEARCH,
        "Log loss says that model A is better, AUC says B. How can that be, and which do you trust?",
        "AUC looks only at the order of the scores, log loss at the probabilities. Any transformation that keeps the "
        "order leaves AUC as it is: dividing all logits by T = 2.8 takes the log loss of our lesson's network from "
        "0.662 to 0.422 nats at the same AUC. So B may rank better and be badly calibrated. Trust AUC if you only "
        "rank, and log loss if you use the probabilities, as in a bid or an expected cost. Or calibrate both, and "
        "then compare their log losses.",
        Proof("calibration", "reliability", {"cool": "2.8", "practice": "300"}, "0.422"),
    ),
    Question(
        "base_rate",
        "metrics",
        ENGINEER,
        "Is a log loss of 0.2 nats good if 2 % of the examples are positive?",
        f"No. Always saying 2 % costs only the entropy of the base rate, {nats(RARE)}. Divide the loss by that: the "
        f"normalized entropy is {num(0.2 / RARE)}, and anything above 1 is worse than knowing the base rate alone. "
        "Log losses of different data sets can be compared only after that division. One minus the normalized entropy "
        "is the share of the uncertainty that the model removes.",
        Proof("entropy", "forecast", {"rain": "0.02", "unit": "nats"}, "0.0980 nats"),
    ),
    Question(
        "val_both",
        "both_rise",
        ENGINEER,
        "Validation loss and validation accuracy both rise. How can that be?",
        "Accuracy counts verdicts, and loss counts confidence, so a few confident mistakes can outweigh several new "
        "right answers. Give the truth 0.6, 0.6, 0.6, 0.4, 0.4, and then 0.51 four times and 0.001: accuracy rises "
        f"from 60 to 80 %, and the loss from {num(BEFORE)} to {nats(AFTER)}. Look at the examples with the largest "
        "loss for wrong labels; then calibrate, regularize or stop earlier.",
        Proof(
            "training_lab",
            "five_forecasts",
            {"f1": "0.51", "f2": "0.51", "f3": "0.51", "f4": "0.51", "f5": "0.001"},
            "1.92",
        ),
    ),
    Question(
        "temperature_argmax",
        "temperature",
        SCREEN,
        "Does temperature scaling change accuracy?",
        "No. Dividing all logits of an example by the same $T > 0$ keeps their order, so the same class stays on top; "
        "only confidence, loss and calibration change. Take the logits 1, 2, 0, −1: even at T = 20 the second class "
        f"still leads, with {num(HOT[1])} against {num(HOT[0])}, {num(HOT[2])} and {num(HOT[3])}.",
        Proof("softmax_cross_entropy", "all_at_once", {"temperature": "20"}, "0.269"),
    ),
    Question(
        "fit_temperature",
        "temperature",
        ENGINEER,
        "How do you fit a temperature, and on which data?",
        "Minimize the cross-entropy of $z/T$ on held-out data. It is a single number, and the loss is convex in $1/T$, "
        "so any optimizer finds it. On its training data, an overfitted model would look better calibrated than it is, "
        "and the fit would leave it too confident. For the network of our lesson the fit is T = 2.79; above 1 means "
        "that it was too confident.",
        Proof("calibration", "reliability", {"cool": "2.8", "practice": "300"}, "2.79"),
    ),
)
