"""The formula sheet: binary against categorical, advantages and limitations, and every loss with its gradient."""

import streamlit as st

from xent_ui.course import frame, menu, toolbar
from xent_ui.course.prose import prose
from xent_ui.course.table import FORMULA_SHEET
from xent_ui.course.tables import scroll_tables
from xent_ui.formulas import formula_sheet

frame.frame(f"{menu.FORMULAS} · Xent Lab", page=FORMULA_SHEET)
scroll_tables()
toolbar.draw_title(menu.FORMULAS)
st.markdown(":gray[Afterwards you can look up a loss, its gradient and its name in a library, and print it all.]")
prose(
    "A model gives the right class a probability of 5 %. That costs −ln 0.05 = 3.00 nats, whichever class it is and "
    "however many others there are. **A loss turns a prediction and the truth into one number, and its gradient says "
    "how this number changes with the prediction.** Training computes the gradient at every step and moves against it. "
    "Printed, this page takes two sheets."
)

st.header("Binary or categorical", anchor=False)
prose(
    "Binary cross-entropy answers one yes-or-no question with a label of 0 or 1 and a sigmoid; categorical "
    "cross-entropy picks one of K classes with a class number or a one-hot row and a softmax. With such labels "
    "both lie between 0 and ∞, and both have the gradient p − y in the logits."
)
st.markdown(formula_sheet.comparison())

st.header("For and against", anchor=False)
prose(
    "**Advantages.** Cross-entropy is grounded in likelihood and in information, its gradient in the logits is "
    "proportional to the error, and it works with every model that gives probabilities.\n\n"
    "- The model with the least cross-entropy gives the labels the highest likelihood, and spends the fewest bits on "
    "them.\n"
    "- The gradient p − y is large where the model is wrong and small where it is right. Squared error after a sigmoid "
    "has a factor p (1 − p) as well, which is near 0 for a confident mistake.\n"
    "- Logistic regression, decision trees, neural networks and language models can all be scored by it, and compared."
)
prose(
    "**Limitations.** Cross-entropy needs probabilities, is not made for predicting numbers, is sensitive to class "
    "imbalance and to wrong labels, and does not measure calibration by itself.\n\n"
    "- A model that gives only classes, or scores without a scale, has no cross-entropy.\n"
    "- For a number, use squared or absolute error, or predict a distribution.\n"
    "- A rare class has little say in the mean, and one wrong label costs more the surer the model is of the right "
    "class, without an upper bound.\n"
    "- A model can have a lower loss than another and yet say 90 % where it is right in 80 % of the cases: look at a "
    "reliability diagram, too."
)

st.header("Every loss", anchor=False)
prose(
    "The tables list every loss of this course with its value for one example, its gradient in the logits or scores, "
    "its range, and its names in xent_core, PyTorch, Keras and scikit-learn. Losses with a logarithm are in nats."
)
for sheet, parts in formula_sheet.SHEETS.items():
    with st.container(key=sheet):
        for part in parts:
            st.subheader(part.title, anchor=False)
            st.markdown(f"{part.where}\n\n{formula_sheet.table(part)}")
frame.end_frame()
