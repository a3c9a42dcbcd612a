"""The table of lessons. The menu, the map, links between lessons, page titles and tests all read it.

A lesson is identified by its file name. That is also its address, so it never changes.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[2]


LESSON, READING, EXAM = "lesson", "reading", "exam"  # kinds of pages


class Lesson(NamedTuple):
    """One lesson of the course.

    A lesson of kind LESSON has a guess, live pictures, a formula, tasks, misconceptions and the code that computed it.
    One of kind READING is read, and has programs to run instead of live pictures.
    One of kind EXAM asks the learner questions and scores the answers.

    goal      what the learner can do afterwards; the words after "Afterwards you can"
    question  the title of its page
    """

    file: str
    title: str
    part: str
    goal: str
    question: str
    minutes: int
    kind: str = LESSON

    @property
    def path(self) -> str:
        """The path of its file, relative to home.py."""
        return f"pages/{self.file}.py"


INFORMATION, LOSSES, VARIANTS = "Information", "Losses", "Variants and neighbors"
TRAINING, TEST = "In training", "Test yourself"

LESSONS: Final[tuple[Lesson, ...]] = (
    Lesson(
        "surprise",
        "Surprise",
        INFORMATION,
        "say how many bits an event carries, and why the surprises of independent events add",
        "How surprised should you be?",
        6,
    ),
    Lesson(
        "entropy",
        "Entropy",
        INFORMATION,
        "compute the entropy of a distribution, and say how short a code for it can be",
        "How much surprise should you expect?",
        8,
    ),
    Lesson(
        "cross_entropy",
        "Cross-entropy",
        INFORMATION,
        "split the cost of a wrong belief into entropy and KL divergence",
        "What does a wrong belief cost?",
        10,
    ),
    Lesson(
        "why_log",
        "Why the logarithm",
        INFORMATION,
        "say which losses reward honest probabilities, and what singles out the logarithm",
        "Which losses reward honesty?",
        8,
    ),
    Lesson(
        "binary_cross_entropy",
        "Binary cross-entropy",
        LOSSES,
        "compute the loss of a yes-or-no prediction, and its slope",
        "What does it cost to be sure and wrong?",
        8,
    ),
    Lesson(
        "likelihood",
        "Likelihood",
        LOSSES,
        "explain why minimizing cross-entropy is maximizing likelihood",
        "Which coin explains these flips best?",
        6,
    ),
    Lesson(
        "softmax_cross_entropy",
        "Softmax cross-entropy",
        LOSSES,
        "turn logits into probabilities, and explain the gradient p − y",
        "Which way does training move the logits?",
        10,
    ),
    Lesson(
        "ce_vs_mse",
        "Cross-entropy and squared error",
        LOSSES,
        "explain why squared error after a sigmoid learns slowly from a confident mistake",
        "Why not just square the error?",
        12,
    ),
    Lesson(
        "class_weights",
        "Class weights",
        VARIANTS,
        "choose class weights, and undo what they do to the probabilities",
        "What if one class is rare?",
        8,
    ),
    Lesson(
        "focal_loss",
        "Focal loss",
        VARIANTS,
        "say what focal loss does to easy and to hard examples, and what it costs",
        "Should easy examples count less?",
        10,
    ),
    Lesson(
        "label_smoothing",
        "Label smoothing",
        VARIANTS,
        "say what label smoothing does to the labels, the loss and the logits",
        "How sure should a model be allowed to be?",
        8,
    ),
    Lesson(
        "loss_family",
        "The family of losses",
        VARIANTS,
        "choose a loss for a number, a class, a margin or a ranking",
        "Which loss for which task?",
        10,
    ),
    Lesson(
        "training_lab",
        "Training lab",
        TRAINING,
        "say what the choice of loss changes in training, and what it does not",
        "What does a loss do to a model that learns?",
        12,
    ),
    Lesson(
        "calibration",
        "Calibration",
        TRAINING,
        "read a reliability diagram, and correct overconfident probabilities with one number",
        "Does the model mean what it says?",
        8,
    ),
    Lesson(
        "numerics",
        "Numerics",
        TRAINING,
        "explain why a loss takes logits, and what clipping a probability costs",
        "Why does the textbook formula return nan?",
        8,
    ),
    Lesson(
        "choose_the_loss",
        "Choose the loss",
        TRAINING,
        "match activation, labels and loss, and recognize a wrong pairing",
        "Which loss goes with which output?",
        8,
    ),
    Lesson(
        "in_code",
        "In code",
        TRAINING,
        "call the right loss in each library, and write a training loop that prints it",
        "Which function do you call, and with what?",
        10,
        READING,
    ),
    Lesson(
        "perplexity",
        "Perplexity",
        TRAINING,
        "turn a language model's loss into perplexity, and say what both mean",
        "How surprised is a model by your text?",
        8,
    ),
    Lesson(
        "your_predictions",
        "Your predictions",
        TRAINING,
        "score your own model's predictions, and say what to improve first",
        "How good are your model's probabilities?",
        10,
    ),
    Lesson(
        "you_are_the_model",
        "You are the model",
        TEST,
        "say what your own probabilities are worth in bits",
        "How sure are you, and what does it cost?",
        8,
        EXAM,
    ),
    Lesson(
        "interview",
        "Interview",
        TEST,
        "answer what candidates are asked about cross-entropy, and show why",
        "Could you explain it tomorrow?",
        15,
        EXAM,
    ),
)

FILES: Final = [lesson.file for lesson in LESSONS]
HOME: Final = "home.py"
WELCOME: Final = "welcome"  # the name of the welcome page in marks and in the address of its picture
FORMULA_SHEET: Final = "formula_sheet"  # the page with every formula; it is not a lesson
PROGRESS: Final = "progress"  # the page that shows what is solved; it is not a lesson
GLOSSARY: Final = "glossary"  # the page with what each term means; it is not a lesson either
REFERENCE: Final = "reference"  # the page with what each function of xent_core takes and returns
TEACHERS: Final = "for_teachers"  # the page with a guide to each lesson, and plans
WORKSHEET: Final = "worksheet"  # the page with questions to print, and their key
LINKS: Final = "links"  # the page with all parameters of all addresses
ACCESSIBILITY: Final = "accessibility"  # the page that says what was tested for whom, and what falls short
PRIVACY: Final = "privacy"  # the page that says what is kept of whom, and where


def named(file: str) -> Lesson:
    """Return the lesson in ``pages/<file>.py``."""
    return next(lesson for lesson in LESSONS if lesson.file == file)


def minutes(lessons: Iterable[Lesson]) -> int:
    """Return how long these lessons take together."""
    return sum(lesson.minutes for lesson in lessons)


def parts() -> dict[str, list[Lesson]]:
    """Return the lessons of each part, in the order of the course."""
    grouped: dict[str, list[Lesson]] = {}
    for lesson in LESSONS:
        grouped.setdefault(lesson.part, []).append(lesson)
    return grouped
