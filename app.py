"""The welcome page: a first slider, what this is, and the map of the course."""

import streamlit as st

from xent_core import Unit, surprise
from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.course import menu
from xent_ui.exercises import checks
from xent_ui.figures.welcome import coins
from xent_ui.live import show as live
from xent_ui.style.numbers import percent, text

chance = controls.Slider("chance", "The chance you gave it", 0.005, 1.0, 0.2, 0.005, "percent")

lessons.frame("Xent Lab")
st.title("How surprised are you?")


@live.picture
def first() -> None:
    """Surprise, counted in coins."""
    with live.side():
        st.markdown(
            "Yesterday you said how likely rain was. **It rains.** How many heads in a row would surprise you as much?"
        )
    p = chance()
    bits = float(Unit.BITS.of(surprise(p).value))
    live.show(
        coins(p, bits),
        says=f"You gave it {percent(p)}; it happened. That is worth {text(bits)} bits: one bit for each head in a row.",
        handle=chance.handle("x"),
    )
    checks.challenge("Be exactly as surprised as by three heads in a row.", solved=p == 0.125, name="three_heads")
    checks.challenge("Be twice as surprised as by an even chance.", solved=p == 0.25, name="twice")


first()
minutes = sum(lesson.minutes for lesson in lessons.LESSONS)
st.markdown(
    "That number, averaged, is **cross-entropy**: what nearly every classifier and language model is trained to make "
    "small. Here you take it in your hands. Guess first, then drag; every picture follows, and every number on a page "
    "is computed as you look."
)
st.markdown(
    "The address of a page holds its state: copy it, and someone else sees what you see. What you solve is remembered "
    "until you close this window and stored nowhere."
)

st.header("The way through")
solved = [mark.split("/")[0] for mark in checks.solved_challenges()]
following = next((lesson for lesson in lessons.LESSONS if lesson.file not in solved), None)
st.caption(f"{len(lessons.LESSONS)} lessons, {minutes} minutes in all. Each stands on the ones before it.")
if following:
    menu.link(
        following.path,
        f"{'Go on with' if set(solved) - {'app'} else 'Begin with'} **{following.title}**",
        icon=":material/arrow_forward:",
    )
for part, group in lessons.parts().items():
    st.subheader(f"{part} · {sum(lesson.minutes for lesson in group)} min")
    for lesson in group:
        name, promise = st.columns([5, 8], vertical_alignment="center")
        done = solved.count(lesson.file)
        with name:
            menu.link(
                lesson.path,
                lesson.title,
                icon=":material/check_circle:" if done else ":material/radio_button_unchecked:",
            )
        promise.caption(f"{lesson.promise} · {lesson.minutes} min" + (f" · **{done} solved**" if done else ""))
