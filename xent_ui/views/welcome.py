"""The picture of the welcome page."""

from xent_core import Unit, surprise
from xent_ui.controls.declarations import Slider
from xent_ui.figures.welcome import coins
from xent_ui.style.numbers import percent, text
from xent_ui.views.base import View, view
from xent_ui.views.question import Task

chance = Slider("chance", "How likely did you call rain?", 0.005, 1.0, 0.2, 0.005, "percent")


@view(
    p=chance,
    tasks=[
        Task("three_heads", "Be exactly as surprised as by three heads in a row, which is 3 bits."),
        Task("twice", "Be exactly twice as surprised as by an event of probability 1/2."),
    ],
)
def rain(p: float) -> View:
    """The surprise of an event, counted in coins."""
    bits = float(Unit.BITS.of(surprise(p).value))
    return View(
        coins(p, bits),
        caption=f"You gave it {percent(p)}, and it happened: {text(bits)} bits of surprise, {in_heads(bits)}.",
        solved={"three_heads": p == 0.125, "twice": p == 0.25},
        handles=[chance.handle("x")],
    )


def in_heads(bits: float) -> str:
    """Return between which numbers of heads in a row a surprise lies.

    >>> in_heads(0), in_heads(0.3), in_heads(1)
    ('none at all', 'less than one coin that shows heads', 'as much as one coin that shows heads')
    >>> in_heads(2.32), in_heads(3)
    ('more than 2 and less than 3 heads in a row', 'as much as 3 heads in a row')
    """
    whole = int(bits)
    if bits == 0:
        return "none at all"
    if bits <= 1:
        return f"{'as much as' if bits == 1 else 'less than'} one coin that shows heads"
    if bits == whole:
        return f"as much as {whole} heads in a row"
    return f"more than {whole} and less than {whole + 1} heads in a row"
