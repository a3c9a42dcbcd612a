"""A lesson on a projector: every picture fills the screen and can be read from the back row, and keys lead through."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.hands import drag, let_go, open_page, says, settle, thumb, wait_for_caption, watch
from xent_ui.course.table import LESSONS
from xent_ui.views.base import LESSONS as WITH_PICTURES
from xent_ui.views.base import pictures

BEAMERS = [(1280, 720), (1920, 1080)]
SHOWN = "[data-xent-presented=picture]"
SMALLEST = 16  # px of the words of controls, on a screen of 1280 × 720 px
IN_MENUS = {  # the controls of a picture that stand in the menus above it
    "training_lab_two_runs": [
        *("opt_a", "opt_b", "rate_a", "rate_b", "per_step", "units", "start"),
        *("shape", "rare", "noise", "seed", "on", "by"),
    ]
}
POPOVER = "[data-testid=stPopoverBody]"
SHOW_ME = f"{SHOWN} [class*=st-key-show_] button"

# Whether the shown picture is drawn in the size of its stage, and everything fits into a window of this width.
FITTED = """(width) => {
  const stage = document.querySelector('[data-xent-presented=picture] .xent-stage');
  if (innerWidth !== width || !stage?._fullLayout) return false;
  const { width: drawn, height } = stage._fullLayout;
  return drawn === stage.clientWidth && height === stage.clientHeight;
}"""

# The number of the picture shown among those of the page.
SHOWN_NUMBER = """() => [...document.querySelectorAll('.xent-stage')]
  .findIndex((stage) => stage.closest('[data-xent-presented=picture]'))"""

# What is wrong with the picture shown, in words: type that is too small, and whatever is cut off or covered.
WRONG = """() => {
  const shown = document.querySelector('[data-xent-presented=picture]');
  const stage = shown.querySelector('.xent-stage');
  const [side] = shown.children;
  const caption = shown.querySelector('[class*=st-key-picture_] ~ * p:not(.xent-ghost)');
  const title = document.querySelector('[data-xent-presented=title] h1');
  const above = [...document.querySelectorAll('[data-xent-presented=title], [data-xent-presented=more]')];
  const box = (each) => each.getBoundingClientRect();
  const size = (each) => parseFloat(getComputedStyle(each).fontSize);
  const zoom = (each) => box(each).width / each.offsetWidth;
  const wrong = [];
  const at = box(stage), drawn = at.width / stage.clientWidth;
  for (const each of stage.querySelectorAll('svg text')) {
    const words = each.textContent, px = size(each) * drawn, { left, right, top, bottom } = box(each);
    if (!words.trim() || left === right) continue;
    if (px < 20) wrong.push(`${words}: ${px} px`);
    if (left < at.left - 2 || right > at.right + 2 || top < at.top - 2 || bottom > at.bottom + 2)
      wrong.push(`${words} is cut off`);
  }
  if (size(caption) * zoom(caption) < 24) wrong.push(`the caption has ${size(caption) * zoom(caption)} px`);
  if (size(title) * zoom(title) < 24) wrong.push('the title is small');
  for (const [name, each] of Object.entries({ stage, caption, side, title })) {
    const { left, right, top, bottom, width, height } = box(each);
    if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) wrong.push(`the ${name} is outside`);
    if (!width || !height) wrong.push(`the ${name} is empty`);
  }
  if (at.height < 0.65 * innerHeight || at.width < 0.6 * innerWidth) wrong.push('the picture is small');
  if (box(caption).top < at.bottom - 1) wrong.push('the caption covers the picture');
  if (box(caption).top < box(side).bottom - 1) wrong.push('the caption covers the controls');
  const [across, down] = [side.scrollWidth - side.clientWidth, side.scrollHeight - side.clientHeight];
  if (across > 1 || down > 1) wrong.push(`the controls are ${across} px too wide, ${down} px too high`);
  let y = 0;
  for (const each of [...above, side]) {
    if (box(each).top < y - 1) wrong.push('what stands above the controls overlaps');
    y = each === side ? y : box(each).bottom;
  }
  const bar = shown.querySelector('.xent-play:not([hidden])');
  if (bar && (box(bar).top < box(side).bottom - 1 || box(bar).bottom > box(caption).top || box(bar).right > at.left))
    wrong.push('the play bar covers something');
  const page = document.scrollingElement;
  if (page.scrollWidth > innerWidth || page.scrollHeight > innerHeight) wrong.push('the page scrolls');
  return wrong;
}"""

# What is seen of the page besides the picture and what belongs to it.
STRAY = """() => [...document.querySelectorAll('p, h1, h2, h3, li, button, input, pre, .katex')]
  .filter((each) => !each.closest('[data-xent-presented], .xent-presentation'))
  .filter((each) => each.checkVisibility({ visibilityProperty: true }))
  .map((each) => each.textContent || each.outerHTML)"""


# What cannot be used or read of the controls, in words: covered, too small for the back row at this zoom, or cut off.
UNUSABLE = """(smallest) => {
  const parts = [...document.querySelectorAll('[data-xent-presented], .xent-presentation')];
  const seen = (selector) => parts.flatMap((part) => [...part.querySelectorAll(selector)])
    .filter((each) => !each.closest('dialog, .xent-stage, .xent-ghost, [data-testid=stIconMaterial]'))
    .filter((each) => each.checkVisibility({ visibilityProperty: true }) && each.getBoundingClientRect().width);
  const wrong = [];
  for (const each of seen('button, a, label:has(input), .stSlider div:has(> div > input)')) {
    const { left, top, width, height } = each.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    if (!each.contains(hit)) wrong.push(`${each.textContent} is covered by ${hit?.className}`);
  }
  for (const each of seen('*')) {
    const words = [...each.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!words.length) continue;
    const px = parseFloat(getComputedStyle(each).fontSize) * each.currentCSSZoom;
    if (px < smallest) wrong.push(`${each.textContent}: ${px} px`);
    if (each.closest('.katex')) continue; // it cuts off struts of its own
    const range = document.createRange();
    range.selectNodeContents(each);
    const { left, right } = range.getBoundingClientRect();
    for (let box = each; box && !parts.includes(box); box = box.parentElement) {
      if (getComputedStyle(box).overflowX === 'visible') continue;
      const { left: from, right: to } = box.getBoundingClientRect();
      if (left < from - 1 || right > to + 1) wrong.push(`${each.textContent} is cut off`);
    }
  }
  return wrong;
}"""


def present(page, url, *, width=1280):
    page.goto(url)
    page.wait_for_selector(f"{SHOWN} .main-svg")
    settle(page)
    page.wait_for_function(FITTED, arg=width)


def check_screen(page, smallest):
    """Controls that were measured while the page was still loading are measured again after a moment: wait for that."""
    found = []
    for _ in range(100):
        found = page.evaluate(WRONG) + page.evaluate(UNUSABLE, smallest)
        if not found:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{shown_name(page)}: {found}")


def query(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def shown_name(page):
    """Return the name of the picture that is shown."""
    key = page.locator(f"{SHOWN} .xent-stage").evaluate("each => each.closest('[class*=st-key-picture_]').className")
    return re.search(r"st-key-picture_(\S+)", key)[1]


def controls_of_shown(page, lesson):
    """Return the keys of the controls at which the picture that is shown is drawn at first."""
    key = shown_name(page)
    picture = pictures(lesson)[key.removeprefix(f"{lesson}_")]
    elsewhere = {*picture.question_keys, *picture.session_only, *IN_MENUS.get(key, ())}
    return set(picture.shown_keys(picture.settle({}))) - elsewhere


def place(page, key):
    return float(thumb(page, key).input_value())


def press(page, key):
    page.keyboard.press(key)
    settle(page)


@pytest.mark.parametrize("lesson", [each.file for each in LESSONS if each.file in WITH_PICTURES])
def test_every_picture_fills_the_screen_and_can_be_read_from_the_back_row(open_tab, address, lesson):
    page = open_tab(viewport={"width": 1280, "height": 720})
    present(page, f"{address}/{lesson}?mode=present")
    assert page.locator(".xent-menu, [data-testid=stHeader]:visible").count() == 0
    stages = page.locator(".xent-stage").count()
    seen = []
    for number in range(stages):
        if number:
            page.keyboard.press("n")
            page.wait_for_selector(f"{SHOWN} .xent-stage.xent-marked")  # the server has heard of it
            settle(page)
        for key in controls_of_shown(page, lesson):
            page.wait_for_selector(f"{SHOWN} .st-key-{key}")
        for width, height in BEAMERS if number % 2 == 0 else BEAMERS[::-1]:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_function(FITTED, arg=width)
            page.wait_for_timeout(100)
            check_screen(page, SMALLEST * width / 1280)
            assert page.evaluate(STRAY) == [], shown_name(page)
        seen.append(shown_name(page))
    assert len(set(seen)) == stages


@pytest.mark.parametrize(
    ("state", "smallest"),
    [
        ("entropy?outcomes=8&shown=1", 14),
        ("entropy?outcomes=8", 12),
        ("cross_entropy?sides=4", SMALLEST),
        ("softmax_cross_entropy?logits=6", 14),
        ("class_weights?shown=1", SMALLEST),
    ],
)
def test_many_controls_still_fit(open_tab, address, state, smallest):
    page = open_tab(viewport={"width": 1280, "height": 720})
    present(page, f"{address}/{state}&mode=present")
    page.wait_for_timeout(300)
    check_screen(page, smallest)


def test_keys_move_reveal_and_turn_pages_and_the_address_follows(page, address):
    present(page, f"{address}/surprise?mode=present")
    before = place(page, "guess_surprise")
    press(page, "ArrowRight")
    assert place(page, "guess_surprise") > before, "the first slider is in hand"
    press(page, "r")
    assert page.locator(SHOW_ME).count() == 0
    assert "4.32" in page.locator(f"{SHOWN} [class*=st-key-asked_]").inner_text()  # log2 20
    before = place(page, "p")
    press(page, "ArrowLeft")
    press(page, "ArrowLeft")
    assert place(page, "p") == before - 2, "two steps"
    page.locator(f"{SHOWN} .st-key-unit button", has_text="nats").click()
    wait_for_caption(page, "nats")
    press(page, "ArrowLeft")
    wait_for_caption(page, "bits")

    press(page, "n")
    assert (shown_name(page), query(page)["picture"]) == ("surprise_two_events", "two_events")
    assert "Picture 2 of 3" in page.locator("[data-part=place]").inner_text()
    before = place(page, "a")
    press(page, "ArrowRight")
    assert place(page, "a") > before
    assert query(page)["picture"] == "two_events", "the server has put the old address back"
    press(page, "N")
    press(page, "n")
    assert shown_name(page) == "surprise_long_run", "there is no picture after the last"
    press(page, "p")
    page.reload()
    page.wait_for_selector(SHOWN)
    settle(page)
    assert shown_name(page) == "surprise_two_events"
    press(page, "p")
    assert page.locator(SHOW_ME).count() == 1, "R has locked the guess"


def test_the_list_of_keys_closes_with_escape_and_escape_leaves_with_the_state(page, address):
    present(page, f"{address}/surprise?mode=present&p=0.25&picture=two_events&shown=1")
    page.keyboard.press("?")
    names = page.locator("dialog[open] kbd:visible").all_inner_texts()
    assert names == ["←", "→", "N", "P", "F", "Esc", "?"]  # nothing to reveal, nothing that plays
    page.keyboard.press("n")
    assert shown_name(page) == "surprise_two_events", "a key behind the list"
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="hidden")
    assert page.locator(SHOWN).count() == 1
    page.keyboard.press("Escape")
    page.wait_for_selector(".xent-menu a")
    settle(page)
    assert query(page) == {"p": "0.25", "picture": "two_events", "shown": "1"}
    assert page.locator("[data-xent-presented]").count() == 0
    assert page.evaluate("document.documentElement.dataset.xentPresent") is None
    assert page.locator(".st-key-opening p").first.is_visible()
    page.locator("text=Present").first.click()
    page.wait_for_selector(SHOWN)
    settle(page)
    assert shown_name(page) == "surprise_two_events"


def test_leaving_goes_on_where_one_was(page, address):
    present(page, f"{address}/surprise?mode=present")
    press(page, "n")
    press(page, "n")
    press(page, "ArrowRight")
    page.keyboard.press("p")
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.closest('.st-key-present')")
    settle(page)
    assert (query(page)["picture"], "mode" in query(page)) == ("two_events", False)
    assert query(page)["heads"] != "0.9"
    page.wait_for_function(
        """() => {
          const { top, bottom } = document.querySelector('.st-key-picture_surprise_two_events').getBoundingClientRect();
          return top > 0 && bottom < innerHeight;
        }"""
    )


def test_a_lesson_by_itself_is_by_itself_again_afterwards(page, address):
    open_page(page, f"{address}/entropy?mode=lesson&rain=0.5&picture=forecast")
    page.locator(".st-key-present button").click()
    page.wait_for_selector(SHOWN)
    settle(page)
    page.reload()
    page.wait_for_selector(SHOWN)
    settle(page)
    assert shown_name(page) == "entropy_forecast"
    page.keyboard.press("Escape")
    page.wait_for_selector(".st-key-present button")
    settle(page)
    assert query(page) == {"mode": "lesson", "rain": "0.5", "picture": "forecast"}
    assert page.locator(".xent-menu").count() == 0


def test_the_mouse_turns_pages_and_opens_menus_and_escape_closes_a_menu_first(page, address):
    present(page, f"{address}/training_lab?mode=present")
    menus = page.locator("[data-xent-presented=more] .stPopover button")
    for number in range(4):
        menus.nth(number).click()
        page.wait_for_selector(POPOVER)
        sizes = page.locator(f"{POPOVER} label p").evaluate_all(
            "all => all.map((each) => parseFloat(getComputedStyle(each).fontSize) * each.currentCSSZoom)"
        )
        assert min(sizes) >= SMALLEST
        page.keyboard.press("Escape")
        page.wait_for_selector(POPOVER, state="detached")
    menus.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(POPOVER)
    page.keyboard.press("Escape")
    page.wait_for_selector(POPOVER, state="detached")
    assert menus.first.evaluate("each => each === document.activeElement")
    page.locator(".xent-presentation > p [data-does=next]").click()
    settle(page)
    assert shown_name(page) == "training_lab_five_forecasts"
    page.locator(".xent-presentation > [data-does=keys]").click()
    page.wait_for_selector("dialog[open]")


def test_arrows_move_the_handle_that_was_dragged_whichever_picture_it_belongs_to(open_tab, address):
    page = open_tab(viewport={"width": 1280, "height": 720})
    present(page, f"{address}/calibration?mode=present&picture=fit_one_number")
    page.mouse.move(630, 329)  # the ring at T = 1
    page.mouse.down()
    page.mouse.move(700, 329, steps=5)
    let_go(page, "cool")
    before = float(query(page)["cool"])
    assert 1 < before < 2
    press(page, "ArrowRight")
    assert float(query(page)["cool"]) > before
    assert "fit_on" not in query(page)
    press(page, "p")
    page.wait_for_selector(f"{SHOWN} .st-key-cool")
    assert place(page, "cool") > before, "the control of both pictures has kept its value"


def test_full_screen_comes_and_goes(page, address):
    present(page, f"{address}/surprise?mode=present")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === null")
    assert page.locator(SHOWN).count() == 1


def test_space_plays_and_pauses(page, address):
    present(page, f"{address}/ce_vs_mse?mode=present&picture=race")
    play = page.locator(f"{SHOWN} [data-does=play]")
    watch(page, page.evaluate(SHOWN_NUMBER))
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('[data-xent-presented] [data-does=play]').ariaPressed === 'true'")
    page.wait_for_function("window.seen.length >= 3")
    page.keyboard.press("Space")
    settle(page)
    assert play.get_attribute("aria-pressed") == "false"
    assert int(query(page)["step"]) > 0
    play.click()  # the focus is on the button now, and Space must not press it as well
    page.wait_for_timeout(300)
    page.keyboard.press("Space")
    assert play.get_attribute("aria-pressed") == "false"


def test_keys_are_letters_in_a_text_field(page, address):
    present(page, f"{address}/why_log?mode=present&rule=your%20own")
    field = page.locator(f"{SHOWN} input[type=text]").first
    field.click()
    page.keyboard.press("End")
    page.keyboard.type("nr")
    assert field.input_value().endswith("nr")
    assert shown_name(page) == "why_log_honesty"


def test_hidden_answers_and_controls_stay_hidden(page, address):
    present(page, f"{address}/surprise?mode=present&hide=unit,answers")
    assert page.locator(".st-key-unit").count() == 0
    press(page, "r")
    assert page.locator(f"{SHOWN} .st-key-lock_surprise").count() == 1
    assert "4.32" not in page.locator(SHOWN).inner_text()


def test_a_slider_and_the_picture_follow_the_hand_at_the_size_of_the_screen(open_tab, address):
    page = open_tab(viewport={"width": 1920, "height": 1080})
    present(page, f"{address}/surprise?mode=present&shown=1", width=1920)
    drag(page, "p", 100)
    assert "An event of probability 50" not in says(page)
    let_go(page, "p")
    stage = page.locator(f"{SHOWN} .xent-stage").bounding_box()
    y = stage["y"] + 0.5 * stage["height"]
    page.mouse.move(stage["x"] + 0.5 * stage["width"], y)
    page.mouse.down()
    for share in (0.5, 0.42, 0.36, 0.3):
        x = stage["x"] + share * stage["width"]
        page.mouse.move(x, y)
        page.wait_for_timeout(80)
    page.mouse.up()
    settle(page)
    ring = page.locator(f"{SHOWN} .scatterlayer .points path").last.bounding_box()
    tick = page.locator(f"{SHOWN} .xtick text").last.bounding_box()
    step = 0.02 * (tick["x"] - stage["x"])  # the slider has finer steps than this
    assert abs(ring["x"] + ring["width"] / 2 - x) < step, "the ring is not under the hand"


def test_dark(open_tab, address):
    page = open_tab(viewport={"width": 1280, "height": 720}, color_scheme="dark")
    present(page, f"{address}/entropy?mode=present")
    colors = page.evaluate(
        """() => [getComputedStyle(document.querySelector('.stApp')).backgroundColor,
             document.querySelector('[data-xent-presented] [class*=tick] text').style.fill]"""
    )
    dark, light = (sum(map(int, re.findall(r"\d+", color)[:3])) for color in colors)
    assert dark < 150
    assert light > 400
    check_screen(page, 14)


@pytest.mark.parametrize("size", [(390, 844), (320, 400), (820, 640)], ids=str)
def test_a_small_window_has_the_picture_first_at_usual_sizes(open_tab, address, size):
    width, height = size
    page = open_tab(viewport={"width": width, "height": height})
    present(page, f"{address}/entropy?mode=present", width=width)
    stage = page.locator(f"{SHOWN} .xent-stage").bounding_box()
    assert stage["width"] >= width - 40
    assert stage["y"] + stage["height"] <= height
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    assert not page.evaluate(STRAY), "something else of the page is seen"
    assert page.locator(SHOWN).evaluate("each => each.scrollWidth <= each.clientWidth")
    assert (
        page.locator(f"{SHOWN} [class*=tick] text").first.evaluate(
            "each => parseFloat(getComputedStyle(each).fontSize)"
        )
        >= 12
    )
    caption = page.locator(f"{SHOWN} [data-testid=stCaptionContainer] p").last.bounding_box()
    slider = page.locator(f"{SHOWN} [data-testid=stSlider]").first.bounding_box()
    assert stage["y"] < caption["y"] < slider["y"]
    page.locator(f"{SHOWN} [data-testid=stSlider]").last.scroll_into_view_if_needed()
    if height <= 500:
        return  # there it would cover the control
    again = page.locator(f"{SHOWN} .xent-stage").bounding_box()
    assert 0 <= again["y"] <= height - again["height"], "the picture is out of view with its last control"


@pytest.mark.parametrize("name", ["glossary", "in_code", "interview", "progress", "reference"])
def test_a_page_without_a_picture_loses_its_menu_and_keeps_its_words(page, address, name):
    page.goto(f"{address}/{name}?mode=present")
    page.wait_for_selector("h1:visible")
    page.wait_for_selector("html[data-xent-present=page]", state="attached")
    page.wait_for_function("document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'")
    assert page.locator(".xent-menu").count() == 0
    assert page.locator("h1").first.evaluate("each => each.currentCSSZoom") > 1.3
    assert page.locator(".stMainBlockContainer p:visible").count() > 0
    page.keyboard.press("Escape")
    page.wait_for_selector(".xent-menu a")
    assert "mode" not in query(page)


def test_controls_keep_their_size_when_an_answer_takes_less_room(page, address):
    fit = "Number(getComputedStyle(document.documentElement).getPropertyValue('--xent-fit'))"
    page.set_viewport_size({"width": 1280, "height": 720})
    present(page, f"{address}/entropy?outcomes=8&mode=present")
    check_screen(page, 12)
    before = page.evaluate(fit)
    press(page, "r")
    assert page.locator(SHOW_ME).count() == 0
    assert page.evaluate(fit) == before
    present(page, f"{address}/entropy?outcomes=8&mode=present&shown=1")
    page.wait_for_function(f"(before) => {fit} > before", arg=before)
