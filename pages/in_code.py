"""In code: which function of which library to call, and complete programs that train."""

import streamlit as st

from xent_ui.course import frame, library_losses
from xent_ui.course.examples import prints, side_by_side
from xent_ui.course.prose import prose, remember
from xent_ui.course.tables import scroll_tables
from xent_ui.live.code import install_command
from xent_ui.self_test.check_yourself import check_yourself

frame.begin(
    __file__,
    "A network gives a photo the logits 120 for cat and 0 for dog, and it is a dog. The loss is 120 nats. A program "
    "that computes the softmax first and its logarithm afterwards says ∞, its gradient is nan, and so are the weights "
    "after one step. **Give the loss logits: the library computes softmax and logarithm in one step.** A wrong pairing "
    "of output and loss often raises no error; it only trains worse.",
)
scroll_tables()

st.header("Which function takes what")
prose(
    "In PyTorch, `BCELoss` takes probabilities, `BCEWithLogitsLoss` and `CrossEntropyLoss` take logits, and `NLLLoss` "
    "takes log-probabilities. `CrossEntropyLoss` is log_softmax and `NLLLoss` in one. Keras takes probabilities unless "
    "you say `from_logits=True`. The column “labels” says in which form the label of an example must come. N is the "
    "number of examples, K the number of classes; for a single yes or no, the predictions have the shape (N,) or (N, "
    "1)."
)
st.subheader("PyTorch: torch.nn")
prose(library_losses.table(library_losses.PYTORCH))
st.subheader("Keras: keras.losses")
prose(library_losses.table(library_losses.KERAS))
st.subheader("scikit-learn: sklearn.metrics and sklearn.linear_model")
prose(library_losses.table(library_losses.SKLEARN))
prose(
    "Where a probability of 0 meets the logarithm, each library does something else: PyTorch's `BCELoss` clamps each "
    "logarithm at −100, Keras clips every probability to [10⁻⁷, 1 − 10⁻⁷], and scikit-learn's `log_loss` clips it by "
    "the eps of its number format. (With TensorFlow, Keras uses the logits of a last sigmoid or softmax layer instead, "
    "where it can find them.) A probability of exactly 0 for what happened therefore costs 100 nats with `BCELoss`, "
    "about 16 nats in Keras and 36.0 nats in scikit-learn with float64, although its loss is ∞. From logits, nothing "
    "needs to be clipped, and the loss is as large as it should be."
)
prose(
    "Two mistakes are common. A softmax before `CrossEntropyLoss` is applied twice: with three classes the loss then "
    "cannot fall below ln(1 + 2/e) = 0.551 nats, and no error says so. And class numbers are not one-hot rows: "
    "`CrossEntropyLoss` reads integers as class numbers and floats as rows of probabilities, while Keras has a "
    "function for each. Most mix-ups stop with an error about a type or a shape, which is the better case."
)

st.header("The unstable and the stable lines")
prose(
    "`log(softmax(z))` rounds small probabilities to 0 before it takes their logarithm, so it loses what "
    "`log_softmax(z)` keeps. Run both pairs yourself: the two programs of a pair differ in the lines in the middle and "
    "compute the same quantity on paper."
)
side_by_side(unstable="unstable_pytorch", stable="stable_pytorch")
prints("unstable_pytorch", "stable_pytorch")
prose(
    "PyTorch's softmax does not overflow, because it subtracts the largest logit first. But the dog's probability is "
    "$e^{-120}$, about 8 · 10⁻⁵³, and the smallest positive float32 is about 1.4 · 10⁻⁴⁵, so it becomes 0. The stable "
    "line never makes that probability. It computes $\\log p_k = z_k - \\operatorname{logsumexp}(z)$, where "
    "logsumexp(z) is the logarithm of $\\sum_k e^{z_k}$."
)
side_by_side(unstable="unstable_numpy", stable="stable_numpy")
prints("unstable_numpy", "stable_numpy")
prose(
    "In NumPy nothing is subtracted for you: $e^{1000}$ is larger than the largest float64, and ∞/∞ is nan. The "
    "unstable program warns three times and goes on. The stable one subtracts the maximum m before it takes powers, so "
    "the largest power is $e^0 = 1$ and nothing can overflow."
)

st.header("Train with two classes")
prose(
    "The model returns one logit for each example, `BCEWithLogitsLoss` compares it with the label, 0 or 1, and Adam "
    "changes the weights; every fiftieth step prints its loss. Beside it stands the same training in NumPy with "
    "xent_core, the library of this course: it starts from the same weights and prints the same numbers. PyTorch "
    "computes gradients by itself; in NumPy, the slope of each logit is p − y, divided by the number of examples, and "
    "its product with the inputs is the gradient in the weights."
)
side_by_side(pytorch="binary_pytorch", numpy="binary_numpy")
prints("binary", caption="Both print")
prose(
    "The first loss is close to ln 2 = 0.693 nats, because a model with weights near 0 says about 50 % to everything. "
    "Copy a program into a file and run it with Python; the one with xent_core runs anywhere after "
    f"`{install_command()}`."
)
prose(
    "Keras prints the same five lines: there `fit` contains the loop. scikit-learn has no learning rate and no number "
    "of steps to choose: it stops at the smallest loss that these weights can reach, 0.3697 nats, and the other three "
    "come close to it from above."
)
side_by_side(keras="binary_keras", sklearn="binary_sklearn")
prints("binary", "binary_minimum")

st.header("Train with many classes")
prose(
    "Now the model returns three logits for each example, `CrossEntropyLoss` compares them with an integer label, the "
    "number of the class, and Adam changes the weights; every fiftieth step prints its loss. The twin in NumPy "
    "prints the same numbers again."
)
side_by_side(pytorch="multiclass_pytorch", numpy="multiclass_numpy")
prints("multiclass", caption="Both print")
prose("The first loss is close to ln 3 = 1.099 nats: an untrained model gives each of three classes about a third.")
side_by_side(keras="multiclass_keras", sklearn="multiclass_sklearn")
prints("multiclass", "multiclass_minimum")

remember(
    "Give the loss logits: `BCEWithLogitsLoss` and `CrossEntropyLoss` in PyTorch, `from_logits=True` in Keras.",
    "`log(softmax(z))` turns a small probability into 0 and its loss into ∞; `log_softmax(z)` gives the right number.",
    "`CrossEntropyLoss` contains the softmax. Another one before it is a mistake that raises no error.",
    "Class numbers are integers; the labels of a binary cross-entropy are floats, shaped like the logits.",
    "Before you train, compare the first loss with ln 2 for two classes, or with ln K for K classes.",
)
check_yourself(__file__)
frame.end(
    __file__,
    "A language model is trained with exactly this loss, with a class for each token. Its loss is usually quoted as "
    "perplexity.",
)
