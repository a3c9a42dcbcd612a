"""The table of lessons. The menu, the map, links between lessons, page titles and tests all read it.

A lesson is identified by its file name. That is also its address, so it never changes.
"""

from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[2]


LESSON, EXAM = "lesson", "exam"  # kinds of pages


class Lesson(NamedTuple):
    """One lesson of the course.

    A lesson of kind LESSON has a guess, live pictures, a formula, tasks, misconceptions and the code that computed it.
    One of kind EXAM asks the learner questions and scores the answers.
    """

    file: str
    title: str
    part: str
    promise: str
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
        "surprise", "Surprise", INFORMATION, "What an event costs when it happens", "How surprised should you be?", 6
    ),
    Lesson(
        "entropy",
        "Entropy",
        INFORMATION,
        "The surprise you must expect, and the shortest code",
        "How much does a source have to say?",
        8,
    ),
    Lesson(
        "cross_entropy",
        "Cross-entropy",
        INFORMATION,
        "What it costs to believe q when the truth is p",
        "What does a wrong belief cost?",
        10,
    ),
    Lesson(
        "why_log", "Why the logarithm", INFORMATION, "Which losses make it pay to be honest", "Does honesty pay?", 8
    ),
    Lesson(
        "binary_cross_entropy",
        "Binary cross-entropy",
        LOSSES,
        "Yes or no, and how sure",
        "What does it cost to be sure and wrong?",
        8,
    ),
    Lesson(
        "likelihood", "Likelihood", LOSSES, "The same number under an older name", "Which coin would have done this?", 6
    ),
    Lesson(
        "softmax_cross_entropy",
        "Softmax cross-entropy",
        LOSSES,
        "Many classes, one gradient: p − y",
        "Which way do the logits want to go?",
        10,
    ),
    Lesson(
        "ce_vs_mse",
        "Cross-entropy and squared error",
        LOSSES,
        "Why the surest mistake learns slowest",
        "Why not just square the error?",
        12,
    ),
    Lesson("class_weights", "Class weights", VARIANTS, "When one class is rare", "What if one class is rare?", 8),
    Lesson("focal_loss", "Focal loss", VARIANTS, "Look away from what is easy", "Should easy examples count less?", 10),
    Lesson(
        "label_smoothing",
        "Label smoothing",
        VARIANTS,
        "Never be quite sure",
        "How sure should a model be allowed to be?",
        8,
    ),
    Lesson("loss_family", "The family of losses", VARIANTS, "Each task has its loss", "Which loss for which task?", 10),
    Lesson(
        "training_lab",
        "Training lab",
        TRAINING,
        "Two runs, one start, your choice of loss",
        "What does a loss do to a model that learns?",
        12,
    ),
    Lesson(
        "calibration", "Calibration", TRAINING, "When 80 % means eight in ten", "Does the model mean what it says?", 8
    ),
    Lesson(
        "numerics",
        "Numerics",
        TRAINING,
        "What floating point does to a formula",
        "Why does the textbook formula return nan?",
        8,
    ),
    Lesson(
        "choose_the_loss",
        "Choose the loss",
        TRAINING,
        "Activation, labels and loss that belong together",
        "Which loss goes with which output?",
        8,
    ),
    Lesson(
        "perplexity",
        "Perplexity",
        TRAINING,
        "How many words a model hesitates between",
        "How surprised is a model by your text?",
        8,
    ),
    Lesson(
        "your_predictions",
        "Your predictions",
        TRAINING,
        "Your model's probabilities, scored",
        "How good are your model's probabilities?",
        10,
    ),
    Lesson(
        "you_are_the_model",
        "You are the model",
        TEST,
        "Twelve questions, your probabilities, scored in bits",
        "How sure are you, and what does it cost?",
        8,
        EXAM,
    ),
    Lesson(
        "interview",
        "Interview",
        TEST,
        "What candidates are asked, with the picture that proves it",
        "Could you explain it tomorrow?",
        15,
        EXAM,
    ),
)

HOME: Final = "home.py"
WELCOME: Final = "welcome"  # the name of the welcome page in marks and in the address of its picture
PROGRESS: Final = "progress"  # the page that shows what is solved; it is not a lesson
GLOSSARY: Final = "glossary"  # the page with what each term means; it is not a lesson either


def named(file: str) -> Lesson:
    """Return the lesson in ``pages/<file>.py``."""
    return next(lesson for lesson in LESSONS if lesson.file == file)


def parts() -> dict[str, list[Lesson]]:
    """Return the lessons of each part, in the order of the course."""
    grouped: dict[str, list[Lesson]] = {}
    for lesson in LESSONS:
        grouped.setdefault(lesson.part, []).append(lesson)
    return grouped
