"""Nobody is left out: WCAG 2.2 AA as far as a machine can tell, on every page, in every way to look at it.

axe-core finds nothing serious or critical, headings are in order, everything that one presses is at least 24 px large,
and at 200 % and 400 % nothing is cut and the page does not scroll sideways. tests/browser/test_keyboard.py goes
through a lesson by keyboard.
"""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.hands import CAPTION, drag, let_go, open_any, open_page, says, settle, thumb
from tests.browser.test_privacy import use
from tests.pages.helpers import PAGES
from xent_ui.style import theme
from xent_ui.views.base import pictures_of

SCREEN, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ZOOMED = {"200 %": {"width": 640, "height": 360}, "400 %": {"width": 320, "height": 256}}  # of 1280 × 720 and × 1024

# What axe-core finds that is serious or critical, and headings out of order, which it calls moderate.
FINDINGS = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  return violations
    .filter(({ id, impact }) => ['serious', 'critical'].includes(impact) || /heading|landmark/.test(id))
    .flatMap(({ id, nodes }) => nodes.map(({ html, any, all, none }) => {
      const why = [...any, ...all, ...none].map(({ message }) => message).join('; ');
      return `${id}: ${html.slice(0, 120)} (${why.slice(0, 200)})`;
    }));
}"""

HEADINGS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6, [role=heading]')]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }))
  .map((each) => Number(each.ariaLevel ?? each.tagName[1]))"""

# Controls smaller than 24 × 24 px. An input that is not seen is as large as the label around it, and the thumb of a
# slider as large as where a finger catches it. Links in a sentence are exempt (WCAG 2.5.8, "Inline").
SMALL = """() => {
  const controls = 'a[href], button, input:not([type=hidden]), textarea, summary, [role=button], [role=combobox]';
  const inline = (each) => each.matches('a') && each.closest('p, li, td, h2, h3, [data-testid=stCaptionContainer]');
  const open = document.querySelector('[data-testid=stPopoverBody]') ?? document; // it covers what is behind it
  const seen = [...open.querySelectorAll(controls)].filter((each) =>
    each.checkVisibility({ visibilityProperty: true }) && !inline(each) && !each.matches('.xent-skip, [type=file]'));
  const isCaught = (thumb) => {
    thumb.scrollIntoView({ block: 'center' });
    const { left, top, width, height } = thumb.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    return [[-11.5, 0], [11.5, 0], [0, -11.5], [0, 11.5]].every(([dx, dy]) =>
      x + dx < 0 || x + dx > innerWidth || thumb.contains(document.elementFromPoint(x + dx, y + dy)));
  };
  return seen.filter((each) => {
    if (each.type === 'range') return !isCaught(each.parentElement.parentElement);
    const box = (/radio|checkbox/.test(each.type) ? each.closest('label') : each).getBoundingClientRect();
    return box.width < 23.99 || box.height < 23.99;
  }).map((each) => `${each.outerHTML.slice(0, 100)} in ${each.closest('[class*=st-key-]')?.className}`);
}"""

# How much wider the page is than its window, and the text that is cut off by a box that does not scroll.
CUT = """() => {
  const main = document.querySelector('.stMain');
  const wider = Math.max(main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth);
  const cut = [...document.querySelectorAll('.stMainBlockContainer :is(button, label, h1, h2, h3, p, li, summary)')]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest('.xent-said, .xent-ghost'))
    .filter((each) => /hidden|clip/.test(getComputedStyle(each).overflowX) && each.scrollWidth > each.clientWidth + 2)
    .map((each) => each.innerText.slice(0, 60));
  return wider > 0 ? [`${wider} px wider than the window`, ...cut] : cut;
}"""


# How screen readers hear of each picture: its role, its name, and whether its description is the caption that one sees.
HEARD = """(caption) => [...document.querySelectorAll('.xent-stage')].map((stage) => {
  const seen = stage.closest('[data-testid=stElementContainer]').nextElementSibling.querySelector('p:not(.xent-ghost)');
  return [stage.role, stage.ariaLabel, eval(caption)(stage) === seen.innerText && seen.innerText.length > 20];
})"""

# Record what is said aloud.
LISTEN = """() => {
  window.said = [];
  for (const voice of document.querySelectorAll('.xent-said'))
    new MutationObserver(() => voice.textContent && window.said.push(voice.textContent))
      .observe(voice, { childList: true });
}"""
RESTED = 1500  # ms after which a caption has certainly been asked for


# The lowest contrast of what shows where a control begins, and of its words, by what it is.
CONTRASTS = """([selector, property]) => {
  const parse = (color) => {
    const numbers = color.match(/[\\d.]+/g).map(Number);
    const scale = color.startsWith('color(') ? 255 : 1;
    return [...numbers.slice(0, 3).map((each) => each * scale), numbers[3] ?? 1];
  };
  const over = (a, b) => [0, 1, 2].map((k) => a[k] * a[3] + b[k] * (1 - a[3])).concat(1);
  const bright = (color) => color.slice(0, 3).map((each) => each / 255)
    .map((each) => each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
    .reduce((sum, each, k) => sum + each * [0.2126, 0.7152, 0.0722][k], 0);
  const behind = (element) => {
    const all = [];
    for (let each = element; each; each = each.parentElement) all.push(parse(getComputedStyle(each).backgroundColor));
    return all.reverse().reduce((below, each) => over(each, below), [255, 255, 255, 1]);
  };
  return Math.min(...[...document.querySelectorAll(selector)].map((each) => {
    const style = getComputedStyle(each);
    const below = behind(property === 'color' ? each : each.parentElement);
    const edge = property === 'boxShadow' ? style.boxShadow.match(/(rgb|color)[^)]*\\)/)[0] : style[property];
    const [light, dark] = [bright(over(parse(edge), below)), bright(below)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }));
}"""
EDGES = {  # what shows where a control begins
    ".stTextInput [data-testid=stTextInputRootElement]": "borderTopColor",
    ".stSelectbox [role=group]": "borderTopColor",
    ".stNumberInput [data-testid=stNumberInputContainer]": "borderTopColor",
    ".stRadio label:has(input:not(:checked)) > div > div:first-child": "borderTopColor",
    ".stCheckbox label:has(input:not(:checked)) > div:first-of-type": "boxShadow",
    ".stCheckbox label:has(input:not(:checked)) > div:first-of-type > div": "backgroundColor",
    ".stCheckbox label:has(input:checked) > div:first-of-type": "backgroundColor",
    ".stCheckbox label:has(input:checked) > div:first-of-type > div": "backgroundColor",
    ".stRadio label:has(input:checked) > div > div:first-child > div": "backgroundColor",
}

# WCAG 1.4.12: what one may set to read more easily.
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
# Buttons and labels out of whose box their words reach, or whose words are cut off.
SQUEEZED = """() => [...document.querySelectorAll('.stMainBlockContainer :is(button, label, summary)')]
  .filter((each) => each.checkVisibility({ visibilityProperty: true })).filter((each) => {
    const box = each.getBoundingClientRect();
    return [...each.querySelectorAll('p')].some((words) => {
      const range = document.createRange();
      range.selectNodeContents(words);
      const { top, bottom, left, right } = range.getBoundingClientRect();
      const isOut = top < box.top - 2 || bottom > box.bottom + 2 || left < box.left - 2 || right > box.right + 2;
      const cuts = (part) => part !== each.parentElement &&
        ((/hidden|clip/.test(getComputedStyle(part).overflowY) && part.scrollHeight > part.clientHeight + 2)
          || cuts(part.parentElement));
      return isOut || cuts(words);
    });
  }).map((each) => each.innerText)"""


def visit(page, address, name, query=""):
    open_any(page, address, name, query)
    page.evaluate(AXE_SCRIPT)
    page.wait_for_timeout(1000)  # until access.js has found the boxes that scroll


def check_headings(levels):
    assert levels.count(1) == 1
    assert levels[0] == 1, f"{levels}: the title comes first"
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False)), levels


def check_pictures(page, name):
    titles = {picture.title for picture in pictures_of(name).values()}
    for _ in range(20):  # a run of the page may be drawing another caption
        heard = page.evaluate(HEARD, CAPTION)
        if all(is_described for *_, is_described in heard):
            break
        page.wait_for_timeout(100)
    for role, title, is_described in heard:
        assert role == "img"
        assert title in titles
        assert is_described, title


@pytest.mark.parametrize("name", ["", *PAGES], ids=lambda name: name or "welcome")
def test_a_page_in_light_dark_on_a_phone_zoomed_and_on_a_projector(open_tab, address, name):
    page = open_tab(viewport=SCREEN)
    visit(page, address, name)
    found = {"light": page.evaluate(FINDINGS)}
    check_headings(page.evaluate(HEADINGS))
    check_pictures(page, name or "welcome")
    small = page.evaluate(SMALL)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(400)
    settle(page)
    found["dark"] = page.evaluate(FINDINGS)
    page.emulate_media(color_scheme="light")
    cut = {}
    for zoom, size in ZOOMED.items():
        page.set_viewport_size(size)
        page.wait_for_timeout(400)
        settle(page)
        cut[zoom] = page.evaluate(CUT)
    page.set_viewport_size(PHONE)
    page.wait_for_timeout(600)
    settle(page)
    found["phone"] = page.evaluate(FINDINGS)
    small += page.evaluate(SMALL)
    page.set_viewport_size(SCREEN)
    visit(page, address, name, "?mode=present")
    found["present"] = page.evaluate(FINDINGS)
    check_headings(page.evaluate(HEADINGS))
    assert {mode: each for mode, each in found.items() if each} == {}
    assert small == []
    assert {zoom: each for zoom, each in cut.items() if each} == {}


@pytest.mark.parametrize("name", ["surprise", "interview", "perplexity", "your_predictions", "progress"])
def test_a_page_after_everything_on_it_was_used(open_tab, address, name):
    page = open_tab(viewport=SCREEN)
    visit(page, address, name)
    use(page)
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-testid=stPopoverBody]", state="detached")
    for switch in page.locator("[class*='st-key-table_'] label").all()[:1]:
        switch.click()
        settle(page)
    for popover in page.locator(".stMainBlockContainer .stPopover button").all():
        popover.click()
        page.wait_for_selector("[data-testid=stPopoverBody]")
        settle(page)
        assert page.evaluate(FINDINGS) == []
        assert page.evaluate(SMALL) == []
        page.keyboard.press("Escape")
        page.wait_for_selector("[data-testid=stPopoverBody]", state="detached")
    assert page.evaluate(FINDINGS) == []
    assert page.evaluate(SMALL) == []


def said(page):
    return page.evaluate("window.said")


def said_in_all(page, number):
    """Wait until so many captions have been said and longer, and return them."""
    page.wait_for_function("(number) => window.said.length >= number", arg=number)
    page.wait_for_timeout(RESTED)
    return said(page)


def test_a_caption_is_said_once_a_drag_has_come_to_rest(page, address):
    open_page(page, f"{address}/surprise?shown=1")
    page.evaluate(LISTEN)
    page.wait_for_timeout(RESTED)
    assert said(page) == [], "something was said before anything was moved"
    drag(page, "p", -40)
    page.wait_for_timeout(RESTED)
    assert said(page) == [], "something was said while the hand held the slider"
    let_go(page, "p")
    assert said_in_all(page, 1) == [says(page)]


def test_a_caption_is_said_once_the_keys_rest_and_no_other_picture_speaks(page, address):
    open_page(page, f"{address}/surprise?shown=1")
    page.evaluate(LISTEN)
    thumb(page, "p").focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(150)
    settle(page)
    assert said_in_all(page, 1) == [says(page)]
    page.locator(".st-key-unit button", has_text="nats").click()  # the unit of all pictures of the page
    settle(page)
    _, second = said_in_all(page, 2)
    assert "nats" in says(page, 1)
    assert second == says(page)


def test_a_caption_is_said_when_a_picture_that_plays_is_paused(page, address):
    open_page(page, f"{address}/training_lab")
    page.evaluate(LISTEN)
    page.locator("[data-does=play]").first.click()
    page.wait_for_timeout(2 * RESTED)
    assert said(page) == []
    page.locator("[data-does=play]").first.click()
    settle(page)
    answer = page.locator(".st-key-asked_training_lab_two_runs .stMarkdown").inner_text()  # who plays sees it
    assert sorted(said_in_all(page, 2)) == sorted([" ".join(answer.split()), says(page)])


def test_the_data_of_a_picture_follows_its_control_and_keeps_a_guess_open(page, address):
    open_page(page, f"{address}/surprise")
    page.locator(".st-key-table_surprise_one_event label").click()
    page.wait_for_selector(".xent-tables table")
    assert page.locator(".xent-tables thead th[scope=col]").count() >= 2
    assert "4.32" not in page.locator(".xent-tables").inner_text(), "the table tells the answer"
    for expected in ("0.490", "0.480"):
        thumb(page, "p").focus()
        page.keyboard.press("ArrowLeft")
        page.locator(".xent-tables td", has_text=expected).first.wait_for()


def test_a_picture_keeps_its_colors_on_the_background_of_a_system_that_chooses_all_colors(open_tab, address):
    page = open_tab(forced_colors="active", color_scheme="dark")
    open_page(page, f"{address}/surprise?shown=1")
    stage, chosen, other = page.evaluate("""() => [
        ...['.xent-stage', '.st-key-unit [aria-checked=true]', '.st-key-unit [aria-checked=false]']
            .map((selector) => getComputedStyle(document.querySelector(selector)).backgroundColor)]""")
    assert stage == "rgb(0, 0, 0)"
    assert chosen != other
    lines = page.locator(".xent-stage .js-line")
    strokes = lines.evaluate_all("lines => lines.map((line) => getComputedStyle(line).stroke)")
    loss = "rgb({}, {}, {})".format(*bytes.fromhex(theme.DARK["loss"][1:]))
    assert loss in strokes, "the loss has its color for dark backgrounds"
    thumb(page, "p").focus()
    page.keyboard.press("ArrowLeft")
    ring = thumb(page, "p").evaluate("node => getComputedStyle(node.parentElement.parentElement).outlineStyle")
    assert ring == "solid"


def test_nothing_moves_by_itself_for_those_who_asked_for_that(open_tab, address):
    page = open_tab(reduced_motion="reduce")
    open_page(page, f"{address}/surprise")
    moving = page.evaluate("""() => [...document.querySelectorAll('*')].filter((each) => {
        const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(each);
        const seconds = [...transitionDuration.split(','), ...animationDuration.split(',')].map(parseFloat);
        return Math.max(...seconds) > 0.001 || scrollBehavior === 'smooth';
    }).length""")
    assert moving == 0


def test_in_a_low_window_no_picture_covers_what_one_uses(open_tab, address):
    page = open_tab(viewport=ZOOMED["400 %"])
    open_page(page, f"{address}/surprise")
    thumb(page, "p").evaluate("node => node.parentElement.scrollIntoView({ block: 'center' })")
    settle(page)
    box = page.locator(".xent-stage").first.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 60, "the picture is still in view, where its slider needs the room"


def act(page, key, selector):
    """Press a key at a control, wait until something is said, and return what."""
    before = len(said(page))
    page.locator(selector).first.focus()
    page.keyboard.press(key)
    settle(page)
    return said_in_all(page, before + 1)[before:]


def test_the_result_of_an_action_is_said_once(page, address):
    open_page(page, f"{address}/surprise")
    page.wait_for_timeout(RESTED)
    page.evaluate(LISTEN)
    asked, locked = act(page, "Enter", ".st-key-lock_surprise button")[0].split("? ")[0], said(page)[-1]
    assert asked.startswith("An event of probability")
    assert "You said 5.00 bits; it is 4.32 bits." in locked
    (task,) = act(page, "Enter", "[class*='st-key-impossible_surprise_three'] button")
    assert task == "Find an event worth exactly 3 bits. It can be done."
    (verdict,) = act(page, "Space", ".st-key-vote_twice button")
    assert verdict.startswith("Many people do, but it is wrong.")
    (mark,) = act(page, "Space", ".st-key-check_halves input")
    assert mark.startswith("Not yet. ")


def test_a_task_that_a_slider_solves_is_said_with_the_caption(page, address):
    open_page(page, f"{address}/surprise?p=0.13&shown=1")
    page.wait_for_timeout(RESTED)
    page.evaluate(LISTEN)
    thumb(page, "p").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    settle(page)
    page.keyboard.press("ArrowLeft")
    settle(page)
    heard = said_in_all(page, 2)
    assert says(page) in heard
    assert len(heard) == len(set(heard))


def test_a_typed_answer_is_marked_for_a_screen_reader_each_time(page, address):
    open_page(page, f"{address}/surprise")
    field = page.locator(".st-key-question_independent input")
    page.wait_for_function(
        "document.querySelector('.st-key-question_independent input').ariaLabelledByElements?.length"
    )
    named = field.evaluate("node => node.ariaLabelledByElements.map((each) => each.innerText).join(' ')")
    assert named.startswith("Two independent events")
    assert named.endswith("Your answer, in bits")
    assert field.get_attribute("aria-invalid") is None
    page.wait_for_timeout(RESTED)
    page.evaluate(LISTEN)
    heard = []
    for typed in ("much", "77", "78"):
        field.focus()
        page.keyboard.press("Control+A")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        page.wait_for_function("(number) => window.said.length > number", arg=len(heard))
        heard = said(page)
        assert field.get_attribute("aria-invalid") == "true"
    assert "is not understood here" in heard[0]
    assert heard[1] == heard[2]
    assert "far too large" in heard[2]
    assert field.evaluate("node => node.ariaDescribedByElements[0].innerText").endswith("It is far too large.")


def test_a_mark_in_the_interview_is_said_and_its_box_keeps_the_focus(page, address):
    page.goto(f"{address}/interview?way=With%20numbers")
    page.wait_for_selector(".stTextInput input")
    settle(page)
    page.wait_for_timeout(RESTED)
    page.evaluate(LISTEN)
    page.locator(".stTextInput input").focus()
    page.keyboard.type("much")
    page.keyboard.press("Enter")
    page.wait_for_function("window.said.some((each) => each.includes('is not understood here'))")
    solution = act(page, "Enter", "[class*=st-key-solution_] button")[-1]
    assert solution.startswith("Solution. The answer is")
    page.wait_for_function("document.activeElement.matches('[class*=st-key-marked_]')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_sees_where_a_control_begins(open_tab, address, scheme):
    page = open_tab(color_scheme=scheme, viewport=SCREEN)
    found = {}
    for name in ("interview", "you_are_the_model", "surprise"):
        open_any(page, address, name)
        if name == "surprise":
            page.locator(".stCheckbox label").first.click()
            page.locator(".st-key-check_halves label[data-testid=stRadioOption]").first.click()
            settle(page)
        page.mouse.move(5, 5)
        page.evaluate("document.activeElement.blur()")
        page.wait_for_timeout(400)  # colors change slowly
        for selector, kind in EDGES.items():
            if page.locator(selector).count():
                found[name, selector] = page.evaluate(CONTRASTS, [selector, kind])
    assert {selector for _, selector in found} == set(EDGES)
    assert {which: contrast for which, contrast in found.items() if contrast < 3} == {}
    for selector in (".st-key-unit [aria-checked=true]", "[class*=st-key-impossible_] button"):
        page.locator(selector).first.hover()
        page.mouse.down()
        page.wait_for_timeout(400)
        assert page.evaluate(CONTRASTS, [f"{selector} p", "color"]) >= 4.5, selector
        page.mouse.move(5, 5)
        page.mouse.up()


def test_in_forced_colors_a_chosen_option_looks_chosen(open_tab, address):
    page = open_tab(forced_colors="active")
    open_page(page, f"{address}/surprise")
    page.locator(".st-key-check_halves label[data-testid=stRadioOption]").nth(1).click()
    settle(page)
    circles = page.locator(".st-key-check_halves label > div > div:first-child")
    colors = circles.evaluate_all("all => all.map((each) => getComputedStyle(each).backgroundColor)")
    assert len(set(colors)) == 2
    assert colors.count(colors[1]) == 1
    dot = circles.nth(1).locator("div").evaluate("node => getComputedStyle(node).backgroundColor")
    assert dot != colors[1]


@pytest.mark.parametrize("name", ["surprise", "interview", "training_lab"])
def test_words_that_are_set_further_apart_are_not_cut_off(open_tab, address, name):
    page = open_tab(viewport=ZOOMED["200 %"])
    open_any(page, address, name)
    page.add_style_tag(content=SPACED)
    page.wait_for_timeout(300)
    assert page.evaluate(SQUEEZED) == []


def test_links_to_headings_and_columns_of_tables_have_names(page, address):
    open_any(page, address, "for_teachers")
    page.wait_for_function(
        "![...document.querySelectorAll('[data-testid=stHeaderActionElements] a')].some((each) =>"
        " each.ariaLabel === 'Link to heading')"
    )
    names = page.locator("[data-testid=stHeaderActionElements] a").evaluate_all(
        "all => all.map((each) => each.ariaLabel)"
    )
    assert "Link to “Goals”" in names
    for name in ("formula_sheet", "worksheet"):
        open_any(page, address, name)
        assert "" not in page.locator("th").all_inner_texts()
