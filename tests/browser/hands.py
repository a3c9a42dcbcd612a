"""What a learner's hands do on a page, and what they see."""

from playwright.sync_api import Locator, Page

WATCH = """() => {
  window.seen = [];
  const stage = document.querySelector('.xent-stage');
  new MutationObserver(() => window.seen.push(stage.getAttribute('aria-label')))
    .observe(stage, { attributes: true, attributeFilter: ['data-turn'] });
}"""


def open_page(page: Page, url: str) -> None:
    """Go there and wait until the first picture is drawn and nothing runs any more."""
    page.goto(url)
    page.wait_for_selector(".xent-stage .main-svg")
    settle(page)


def settle(page: Page) -> None:
    """Wait until Streamlit is idle and no picture has changed for a moment."""
    page.wait_for_function(
        """() => {
          const app = document.querySelector('[data-testid=stApp]');
          const turns = [...document.querySelectorAll('.xent-stage')].map((s) => s.dataset.turn).join();
          const now = performance.now();
          if (app?.dataset.testScriptState === 'running' || window.lastTurns !== turns) {
            window.lastTurns = turns; window.quietSince = now;
          }
          return now - window.quietSince > 400;
        }""",
        polling=50,
    )


def watch(page: Page) -> None:
    """Start to note the sentence of every picture drawn."""
    page.evaluate(WATCH)


def seen(page: Page) -> list[str]:
    return page.evaluate("window.seen")


def says(page: Page) -> str:
    """What the first picture says it shows."""
    return page.locator(".xent-stage").first.get_attribute("aria-label") or ""


def thumb(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-{key} input[type=range]").first


def thumb_place(page: Page, key: str) -> tuple[float, float]:
    """Where the thumb of a slider is, after scrolling to it."""
    thumb(page, key).evaluate("node => node.parentElement.scrollIntoView({block: 'center'})")
    box = thumb(page, key).locator("xpath=..").bounding_box()
    assert box, f"no thumb of {key} to be seen"
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, key: str, by: float, *, moves: int = 20, pause: int = 40) -> None:
    """Press the thumb, move it by so many pixels in small steps, and keep holding it."""
    x, y = thumb_place(page, key)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, moves + 1):
        page.mouse.move(x + by * step / moves, y)
        page.wait_for_timeout(pause)
