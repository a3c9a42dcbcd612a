"""The rounds of a learner, which stay in the learner's own browser."""

from xent_ui.live import memory, session, widgets
from xent_ui.self_test.round import Round
from xent_ui.views.you_are_the_model import believe


def recall(number: int) -> Round:
    """Return a round as far as it was played; a new one if it was not."""
    return Round.from_json(number, memory.recall(_name(number), None))


def remember(played: Round) -> None:
    """Keep a round. Each has a name of its own, so that two open tabs do not overwrite each other's rounds."""
    memory.remember(_name(played.number), played.to_json())


def start_statement(played: Round) -> None:
    """Set the slider back to 50 % when another statement is asked than in the last run."""
    asked, before = (played.number, played.place), session.get("statement")
    if before not in (None, asked):
        widgets.reset(believe)
    session.put("statement", asked)


def _name(number: int) -> str:
    return f"rounds/{number}"
