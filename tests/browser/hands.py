"""What a learner does with a page, and what a learner sees there."""

from playwright.sync_api import Locator, Page

from xent_ui.course.table import FILES, WELCOME
from xent_ui.views.base import pictures_of

WATCH = """(number) => {
  window.seen = [];
  const stage = document.querySelectorAll('.xent-stage')[number];
  const caption = document.getElementById(stage.getAttribute('aria-describedby'));
  new MutationObserver(() => window.seen.push(caption.textContent))
    .observe(stage, { attributes: true, attributeFilter: ['data-turn'] });
}"""

# The caption that a screen reader hears as the description of a picture.
CAPTION = "(stage) => document.getElementById(stage?.getAttribute('aria-describedby'))?.textContent ?? ''"

# Whether every picture is drawn, Streamlit is idle, and no picture has changed for 300 ms.
QUIET = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  const stages = [...document.querySelectorAll('.xent-stage')];
  const turns = stages.map((stage) => stage.dataset.turn).join();
  const drawn = stages.every((stage) => stage.dataset.turn && stage.querySelector('.main-svg'));
  const now = performance.now();
  const running = app?.dataset.testScriptState !== 'notRunning' || app?.dataset.testConnectionState !== 'CONNECTED';
  if (running || !drawn || window.lastTurns !== turns) {
    window.lastTurns = turns; window.quietSince = now;
  }
  return now - window.quietSince > 300;
}"""


def open_page(page: Page, url: str) -> None:
    """Open an address, and wait until all pictures are drawn and Streamlit is idle."""
    page.goto(url)
    page.wait_for_selector(".xent-stage .main-svg")
    settle(page)


def open_any(page: Page, address: str, name: str, query: str = "") -> None:
    """Open any page of the course, the welcome page if its name is empty, and wait until it is complete.

    A lesson ends with the way to the next one, but Streamlit may load what draws its pictures even later.
    """
    page.goto(f"{address}/{name}{query}")
    page.wait_for_selector(".st-key-onward" if name in FILES else "h1", state="attached")
    if pictures_of(name or WELCOME):
        page.wait_for_selector(".xent-stage .main-svg", state="attached")
    page.wait_for_function("document.documentElement.dataset.xentTheme")  # access.js is there
    settle(page)


def settle(page: Page) -> None:
    """Wait until every picture is drawn, Streamlit is idle and no picture has changed for a moment."""
    page.evaluate("() => { window.quietSince = performance.now(); }")
    page.wait_for_function(QUIET, polling=50)


def watch(page: Page, number: int = 0) -> None:
    """Start to record the caption of each picture that this stage shows."""
    page.evaluate(WATCH, number)


def seen(page: Page) -> list[str]:
    """Return the captions recorded so far."""
    return page.evaluate("window.seen")


def says(page: Page, number: int = 0) -> str:
    """Return the caption of the picture that a stage shows."""
    return page.locator(".xent-stage").nth(number).evaluate(CAPTION)


def wait_for_caption(page: Page, words: str, number: int = 0) -> None:
    """Wait until the caption of a picture contains these words."""
    page.wait_for_function(
        f"([words, number]) => ({CAPTION})(document.querySelectorAll('.xent-stage')[number]).includes(words)",
        arg=[words, number],
    )


def thumb(page: Page, key: str) -> Locator:
    """Return the thumb of a slider."""
    return page.locator(f".st-key-{key} input[type=range]").first


def thumb_place(page: Page, key: str) -> tuple[float, float]:
    """Scroll to the thumb of a slider, and return the point at its center."""
    thumb(page, key).evaluate("node => node.parentElement.scrollIntoView({block: 'center'})")
    box = thumb(page, key).locator("xpath=..").bounding_box()
    assert box, f"the thumb of {key} is not visible"
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def let_go(page: Page, key: str) -> None:
    """Let go of a thumb, and wait until the page has drawn the committed value."""
    page.mouse.up()
    page.wait_for_function("(key) => new URL(location).searchParams.has(key)", arg=key)
    page.wait_for_function("() => !document.querySelector('.xent-cover')")
    settle(page)


def drag(page: Page, key: str, by: float, *, moves: int = 15, pause: int = 30) -> None:
    """Press the thumb of a slider, move it by this many pixels in small steps, and keep holding it."""
    x, y = thumb_place(page, key)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, moves + 1):
        page.mouse.move(x + by * step / moves, y)
        page.wait_for_timeout(pause)
