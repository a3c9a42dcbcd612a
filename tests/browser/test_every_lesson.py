"""Each lesson as the first request to a fresh server: live pictures, a drag, the keys, a phone."""

import pytest

from tests.browser.hands import CAPTION, drag, open_page, seen, settle, thumb, watch
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


# Buttons and labels whose text is cut off.
CUT = """() => [...document.querySelectorAll('.stMainBlockContainer :is(button, label)')]
  .filter((each) => each.offsetParent && each.scrollWidth > each.clientWidth + 2)
  .map((each) => each.innerText)"""
WIDER = "document.documentElement.scrollWidth - window.innerWidth"


# Formulas with text smaller than 12 px, and captions smaller than 16 px or with a contrast below 4.5 : 1.
SMALL = """() => {
  const small = [...document.querySelectorAll('.stMainBlockContainer .katex-html *')]
    .filter((each) => each.children.length === 0 && each.textContent.trim().replace(/[\u200b]/g, ''))
    .map((each) => [each.textContent, parseFloat(getComputedStyle(each).fontSize)])
    .filter(([, size]) => size < 12);
  const read = (color) => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    return (under) => {
      for (const each of [under, color]) { canvas.fillStyle = each; canvas.fillRect(0, 0, 1, 1); }
      return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
  };
  const light = (rgb) => rgb.map((each) => each / 255)
    .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
    .reduce((sum, each, i) => sum + each * [0.2126, 0.7152, 0.0722][i], 0);
  const page = getComputedStyle(document.querySelector('.stApp')).backgroundColor;
  const pale = [...document.querySelectorAll('[data-testid=stCaptionContainer] p')].map((each) => {
    const style = getComputedStyle(each);
    const [low, high] = [light(read(style.color)(page)), light(read(page)(page))].sort((a, b) => a - b);
    return [each.textContent, parseFloat(style.fontSize), (high + 0.05) / (low + 0.05), style.opacity];
  }).filter(([, size, contrast, opacity]) => size < 16 || contrast < 4.5 || opacity < 1);
  return [...small, ...pale];
}"""


def box(locator):
    found = locator.bounding_box()
    assert found, "not visible"
    return found


def check_first_screen(page):
    """The opening stands right below the title, and the upper two thirds of the picture on the first screen."""
    title, opening = box(page.locator("h1")), box(page.locator(".st-key-opening p").first)
    assert opening["y"] - (title["y"] + title["height"]) < 100
    first_sentence_ends = opening["y"] + min(opening["height"], 3 * 26)
    assert first_sentence_ends - (title["y"] + title["height"]) <= 260
    stage = box(page.locator(".xent-stage").first)
    assert stage["y"] + 2 / 3 * stage["height"] <= 720, "the upper two thirds of the picture are on the first screen"


def check_phone(page, key):
    """The picture stays in view, and takes less than half of it, while the first slider is used."""
    thumb(page, key).evaluate("node => node.parentElement.scrollIntoView({block: 'center'})")
    settle(page)
    height = page.viewport_size["height"]
    stage, slider = box(page.locator(".xent-stage").first), box(thumb(page, key).locator("xpath=.."))
    in_view = min(stage["y"] + stage["height"], height) - max(stage["y"], 0)
    assert in_view >= 0.6 * stage["height"], "the picture is out of view while its slider is used"
    assert stage["height"] <= 0.45 * height
    assert stage["y"] + stage["height"] <= slider["y"], "the picture covers its slider"
    wider = page.evaluate(WIDER)
    assert wider <= 0, f"{wider} px wider than a phone"


@pytest.mark.parametrize(
    "lesson", [lesson for lesson in LESSONS if lesson.kind == LESSON], ids=lambda lesson: lesson.file
)
def test_first_request_drag_keys_and_every_width(open_tab, lesson):
    page = open_tab(viewport={"width": 1280, "height": 720})
    with course() as address:
        open_page(page, f"{address}/{lesson.file}")
        assert page.locator("h1").inner_text() == lesson.question
        titles = page.locator(".xent-menu a").all_inner_texts()
        look_up = ["Glossary", "Formula sheet", "Reference", "For teachers"]
        about = ["Links", "Accessibility", "Privacy"]
        assert titles == ["Xent Lab", *(each.title for each in LESSONS), *look_up, "Your progress", *about]
        assert page.locator(".xent-menu a[aria-current=page]").inner_text() == lesson.title
        for stage in page.locator(".xent-stage").all():
            sentence = stage.evaluate(CAPTION)
            captions = page.locator("[data-testid=stCaptionContainer]")
            assert captions.get_by_text(sentence, exact=True).count(), f"not visible on the page: {sentence}"
        check_first_screen(page)
        assert not page.evaluate(SMALL)

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

        for width, height in ((390, 844), (360, 800)):
            page.set_viewport_size({"width": width, "height": height})
            settle(page)
            check_phone(page, key)
            assert not page.evaluate(SMALL)
        page.set_viewport_size({"width": 820, "height": 1180})
        page.goto(f"{address}/{lesson.file}")
        page.wait_for_selector(".xent-stage .main-svg")
        settle(page)
        assert page.evaluate(WIDER) <= 0
        assert not page.evaluate(CUT)
        assert box(page.locator(".stMain"))["x"] == 0, "the menu takes the room of the picture"
        assert page.locator("[data-testid=stException]").count() == 0
