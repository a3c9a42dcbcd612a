"""Nothing on the page jumps while a picture follows the hand: not during a drag, and not when its release reveals what
a guess had hidden."""

import pytest

from tests.browser.hands import open_page, settle, thumb_place
from tests.browser.test_every_lesson import FIRST_SLIDER
from xent_ui.course.table import LESSON, LESSONS

PAGES = ["", *(lesson.file for lesson in LESSONS if lesson.kind == LESSON)]

# Until the reserved room has arrived and the page has kept its height for half a second.
AT_REST = """() => {
  const height = document.querySelector('.stMainBlockContainer').getBoundingClientRect().height;
  const now = performance.now();
  const stages = document.querySelectorAll('.xent-stage').length;
  const captions = document.querySelectorAll('[data-testid=stCaptionContainer]:has(> .xent-ghost)').length;
  if (height !== window.lastHeight || captions < stages) {
    window.lastHeight = height; window.restsSince = now;
  }
  return now - window.restsSince > 500;
}"""

# Measure in each frame the height of the page, and where on it picture and slider stand.
MEASURE = """(key) => {
  window.measured = {};
  const page = document.querySelector('.stMainBlockContainer');
  const onPage = (each) => each && each.getBoundingClientRect().top - page.getBoundingClientRect().top;
  const places = {
    "height of the page": () => page.getBoundingClientRect().height,
    "top of the picture": () => onPage(document.querySelector(".xent-stage")),
    "height of the picture": () => document.querySelector('.xent-stage').getBoundingClientRect().height,
    "top of the slider": () => onPage(document.querySelector(`.st-key-${key} input[type=range]`)?.parentElement),
  };
  const look = () => {
    for (const [name, read] of Object.entries(places)) {
      const value = read();
      if (value !== undefined && window.measured[name]?.at(-1) !== value) (window.measured[name] ??= []).push(value);
    }
    requestAnimationFrame(look);
  };
  look();
}"""


def drag_across(page, key):
    """Drag the thumb of a slider to one end and to the other, and let go in between."""
    x, y = thumb_place(page, key)
    track = page.locator(f".st-key-{key} [data-testid=stSlider]").first.bounding_box()
    assert track
    left, right = track["x"] + 4, track["x"] + track["width"] - 4
    page.mouse.move(x, y)
    page.mouse.down()
    at = x
    for end in (left, right, left + 0.3 * (right - left)):
        for step in range(1, 9):
            page.mouse.move(at + (end - at) * step / 8, y)
            page.wait_for_timeout(30)
        at = end
        page.wait_for_timeout(300)  # a formula is set up to four times per second
    page.mouse.up()
    settle(page)
    page.wait_for_timeout(300)


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)], ids=["screen", "phone"])
@pytest.mark.parametrize("name", PAGES, ids=lambda name: name or "welcome")
def test_page_and_picture_stand_still_during_a_drag_and_at_its_release(open_tab, address, name, size):
    page = open_tab(viewport={"width": size[0], "height": size[1]})
    open_page(page, f"{address}/{name}")
    page.wait_for_function(AT_REST, polling=50)
    key = page.evaluate(FIRST_SLIDER)
    thumb_place(page, key)
    page.wait_for_timeout(300)
    page.evaluate(MEASURE, key)
    for _ in range(2):
        drag_across(page, key)
    measured = page.evaluate("window.measured")
    for place, values in measured.items():
        assert max(values) - min(values) <= 1, f"{place}: {measured}"
