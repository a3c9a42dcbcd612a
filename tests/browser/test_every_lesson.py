"""Each lesson as the first request to a fresh server: live pictures, a drag, the keys, a phone."""

import pytest

from tests.browser.hands import drag, open_page, seen, settle, thumb, watch
from tests.browser.servers import course
from xent_ui.course.table import LESSON, LESSONS

FIRST_SLIDER = """() => {
  const thumbs = [...document.querySelectorAll('input[type=range]')];
  const key = (thumb) => [...thumb.closest('[class*=st-key-]').classList].find((c) => c.startsWith('st-key-')).slice(7);
  const boxes = document.querySelector('.xent-stage').closest('[data-testid=stHorizontalBlock]');
  return thumbs.filter((thumb) => boxes.contains(thumb)).map(key).find((key) => !key.startsWith('guess_'));
}"""


def share(page, key):
    """Return the position of a thumb within its slider, from 0 to 1."""
    return thumb(page, key).evaluate("node => (node.value - node.min) / (node.max - node.min)")


@pytest.mark.parametrize(
    "lesson", [lesson for lesson in LESSONS if lesson.kind == LESSON], ids=lambda lesson: lesson.file
)
def test_first_request_drag_keys_and_phone(open_tab, lesson):
    page = open_tab(viewport={"width": 1280, "height": 720})
    with course() as address:
        open_page(page, f"{address}/{lesson.file}")
        assert page.locator("h1").inner_text() == lesson.question
        titles = page.locator(".xent-menu a").all_inner_texts()
        assert titles == ["Xent Lab", *(each.title for each in LESSONS), "Your progress"]
        assert page.locator(".xent-menu a[aria-current=page]").inner_text() == lesson.title
        for stage in page.locator(".xent-stage").all():
            sentence = stage.get_attribute("aria-label")
            assert page.get_by_text(sentence, exact=True).count(), f"not visible on the page: {sentence}"
        stage = page.locator(".xent-stage").first.bounding_box()
        assert stage["y"] + stage["height"] <= 720, "the question, the controls and the picture stand on one screen"

        key = page.evaluate(FIRST_SLIDER)
        watch(page)
        toward_the_middle = 120 if share(page, key) < 0.5 else -120  # several steps of the coarsest slider
        drag(page, key, toward_the_middle)
        assert len(set(seen(page))) >= 2, "the picture did not move while the thumb was held"
        page.mouse.up()
        before = thumb(page, key).input_value()
        thumb(page, key).focus()
        page.keyboard.press("ArrowLeft" if share(page, key) > 0.5 else "ArrowRight")
        assert thumb(page, key).input_value() != before, f"no key moves {key}"
        settle(page)

        page.set_viewport_size({"width": 360, "height": 800})
        settle(page)
        assert page.locator(".xent-stage").first.bounding_box()["height"] >= 300
        wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wider <= 0, f"{wider} px wider than a phone"
        assert page.locator("[data-testid=stException]").count() == 0
