"""Pages on paper: their number, what stands on them, and that nothing is cut, split, dark or to be pressed."""

import io
import re
import unicodedata

import pytest
from pypdf import PdfReader

from tests.browser.hands import open_any, open_page, says, settle
from xent_ui.course.examples import PRINTED, source
from xent_ui.course.table import LESSON, LESSONS
from xent_ui.self_test.questions.check import Pick, checks
from xent_ui.self_test.questions.facts import drawn
from xent_ui.self_test.questions.interview import QUESTIONS
from xent_ui.style import theme
from xent_ui.views.base import pictures

FILES = [lesson.file for lesson in LESSONS if lesson.kind == LESSON]
# Width between the margins in px, at 96 px per inch: 210 − 2 × 10 mm and 8.5 inches − 2 × 10 mm.
WIDTHS = {"A4": int((210 - 20) / 25.4 * 96), "Letter": int((8.5 * 25.4 - 20) / 25.4 * 96)}

# What each picture consists of at the moment in which the browser prints.
RECORD = """() => {
  window.printed = [];
  window.addEventListener('beforeprint', () => {
    window.printed = [...document.querySelectorAll('.xent-stage')].map((stage) => ({
      texts: [...stage.querySelectorAll('svg text')].map((text) => text.textContent).filter((text) => text.trim()),
      ink: stage.layout.font.color, page: stage.layout.paper_bgcolor,
      width: stage.layout.width, height: stage.layout.height,
    }));
  });
}"""
PRESSABLE = """() => [...document.querySelectorAll('button, input, select, textarea, summary, [role=slider]')]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && each.getClientRects().length)
  .filter((each) => !each.closest('[class*=st-key-vote_]') && each.type !== 'radio').map((each) => each.outerHTML)"""
BEYOND = """() => {
  const right = document.documentElement.clientWidth + 1;
  const wide = (each) => each.getBoundingClientRect().right > right || each.getBoundingClientRect().left < -1;
  return [...document.querySelectorAll('h1, h2, h3, p, li, td, pre, .katex-html > .base, .xent-stage, .main-svg')]
    .filter((each) => each.checkVisibility() && wide(each)).map((each) => each.outerHTML.slice(0, 200));
}"""
DIVISIBLE = """() => [...document.querySelectorAll(
    '.stElementContainer:has(.xent-stage), [class*=st-key-card_], [class*=st-key-question_], .katex-display, '
    + '.stElementContainer:has(#remember) + .stElementContainer')]
  .filter((each) => each.checkVisibility() && getComputedStyle(each).breakInside !== 'avoid')
  .map((each) => each.outerHTML.slice(0, 200))"""
COLORS = """() => {
  const texts = document.querySelectorAll('.stApp :is(h1, h2, h3, p, li, td, th, code, a, strong, .katex-html *)');
  const seen = [...texts].filter((each) => each.checkVisibility()).map((each) => getComputedStyle(each).color);
  return [...new Set(seen)];
}"""
# The longest words without a formula of each point to remember.
POINTS = """() => [...document.querySelectorAll('.stElementContainer:has(#remember) + .stElementContainer li')]
  .map((point) => {
    const copy = point.cloneNode(true);
    for (const formula of copy.querySelectorAll('.katex')) formula.replaceWith('$');
    return copy.textContent.split('$').sort((a, b) => b.length - a.length)[0];
  })"""
PAPER = """() => [...document.querySelectorAll('html, body, .stApp, .stMain, .stMarkdown, td, pre, code, .stColumn')]
  .map((each) => getComputedStyle(each).backgroundColor)"""

# Lessons whose second picture stands on the first page, below its heading, and papers on which it does.
TWO_ON_THE_FIRST_PAGE = {
    "surprise": ("A4", "Letter"),
    "calibration": ("A4", "Letter"),
    "numerics": ("A4", "Letter"),
    "entropy": ("A4",),
    "perplexity": ("A4",),
}


def letters(words: str) -> str:
    """Return the letters and digits of a text: spaces, hyphens, ligatures and the order of signs differ in a PDF."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", words))


def open_lesson(tab, address):
    """Open a lesson, wait until all of it is drawn, and record what is printed of it."""
    open_page(tab, address)
    tab.wait_for_selector(".st-key-onward a", state="attached")
    settle(tab)
    tab.evaluate(RECORD)


def pages_of(tab, paper="A4"):
    """Return the text of each page of the print."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(tab.pdf(format=paper))).pages]


def on_screen_as_on(tab, paper="A4"):
    """Lay the page out on the screen as it is on paper, to measure it."""
    tab.set_viewport_size({"width": WIDTHS[paper], "height": 1000})
    tab.emulate_media(media="print")


def contrast(color: str) -> float:
    """Return the contrast ratio of a color, written rgb(…) or #…, to white."""
    hexes = color.startswith("#")
    channels = list(bytes.fromhex(color[1:])) if hexes else [float(each) for each in re.findall(r"[\d.]+", color)[:3]]
    linear = [c / 12.92 if (c := v / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for v in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


@pytest.mark.parametrize("file", FILES)
def test_a_lesson_is_printed_on_two_to_four_pages(open_tab, address, file):
    """Light and dark take turns; both papers are printed from the same page."""
    tab = open_tab(color_scheme="dark" if FILES.index(file) % 2 else "light")
    open_lesson(tab, f"{address}/{file}")
    opening = tab.locator(".st-key-opening .stMarkdown p").first.inner_text()
    captions = [says(tab, number) for number in range(tab.locator(".xent-stage").count())]
    said = tab.locator("[class*=st-key-card_] p").all_inner_texts()
    asked = [check.asks for check in checks(file) if isinstance(check, Pick)]
    points = [letters(each) for each in tab.evaluate(POINTS)]
    for paper in WIDTHS:
        pages = [letters(page) for page in pages_of(tab, paper)]
        whole = "".join(pages)
        assert 2 <= len(pages) <= 4
        assert all(pages), "a page is empty"
        wanted = [opening, "What you just saw", "Remember", "Check yourself", "I disagree"]
        wanted += [words for words in said if words.startswith("People say")] + asked
        missing = [words for words in wanted if letters(re.sub(r"\$.*?\$", "", words))[:60] not in whole]
        assert missing == []
        checked = [letters(re.sub(r"\$.*?\$", "", words))[:60] for words in ["Check yourself", *asked]]
        assert all(words in pages[-1] for words in checked), "the last page begins within a section"
        assert points
        assert any(all(point in page for point in points) for page in pages), "what to remember is split"
        for caption in captions:
            assert letters(caption)[:40] in whole
        for words in ("Lock in my guess", "Show me", "This cannot be done", "This state as code", "code that computed"):
            assert letters(words) not in whole
        drawn = tab.evaluate("window.printed")
        assert len(drawn) == len(captions)
        for number, picture in enumerate(drawn):
            assert picture["ink"] == theme.LIGHT["ink"]
            assert (picture["width"], picture["height"]) in {(613, 403), (613, 475)}
            texts = [letters(text) for text in picture["texts"]]
            places = [i for i, page in enumerate(pages) if all(text in page for text in texts)]
            assert places, f"picture {number} is split or cut"
            if number == 1 and paper in TWO_ON_THE_FIRST_PAGE.get(file, ()):
                assert places[0] == 0, "a third of the first page is empty"
    for paper in WIDTHS:
        on_screen_as_on(tab, paper)
        tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert tab.evaluate(BEYOND) == []
    assert tab.evaluate(DIVISIBLE) == []
    assert tab.evaluate(PRESSABLE) == []
    assert set(tab.evaluate(PAPER)) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert [color for color in tab.evaluate(COLORS) if contrast(color) < 4.5] == []


def test_a_round_is_printed_with_room_to_write_and_without_its_answers(page, address):
    open_page(page, f"{address}/you_are_the_model?round=4")
    assert not page.locator(".st-key-only_on_paper").is_visible()
    for paper in WIDTHS:
        first, second = (letters(each) for each in pages_of(page, paper))
        assert letters("You say 50\u202f%") in first
        assert letters("Round 4 on paper") in second
        for fact in drawn(4):
            assert letters(fact.statement) in second
            assert letters(fact.because) not in first + second


@pytest.mark.parametrize("paper", WIDTHS)
def test_the_questions_of_the_interview_are_printed_on_two_pages(page, address, paper):
    page.goto(f"{address}/interview")
    page.wait_for_selector(".xent-questions li", state="attached")
    page.wait_for_selector(".xent-keys kbd", state="attached")
    settle(page)
    whole = [letters(each) for each in pages_of(page, paper)]
    assert len(whole) == 2
    for question in QUESTIONS:
        words = max(question.asks.split("$")[::2], key=len)  # outside of formulas
        assert letters(words) in "".join(whole)
    assert letters("previous and next question") not in "".join(whole)


@pytest.mark.parametrize("paper", WIDTHS)
def test_programs_are_printed_whole_on_four_pages(page, address, paper):
    open_any(page, address, "in_code")
    page.locator("[class*=st-key-question_]").first.wait_for(state="attached")
    settle(page)
    printed = [letters(each) for each in pages_of(page, paper)]
    assert len(printed) == 4
    for program in {each for programs in PRINTED.values() for each in programs}:
        lines = [letters(line) for line in source(program).splitlines() if len(line) < 40]  # longer ones may wrap
        assert len(lines) > 5
        assert any(all(line in each for line in lines) for each in printed), f"{program} is split"


# What stands on paper for each of the next pictures of the first stage, if it is printed as soon as it is drawn.
PRINT_EACH = """() => {
  window.laid = [];
  const stage = document.querySelector('.xent-stage');
  const shown = (each) => !each.closest('.xent-covered, .xent-ghost');
  const texts = (parent, which) => [...parent.querySelectorAll(which)].filter(shown).map((each) => each.textContent);
  new MutationObserver(() => {
    window.dispatchEvent(new Event('beforeprint'));
    window.laid.push({
      caption: texts(stage.closest('.stElementContainer').nextElementSibling, 'p').join(''),
      formula: texts(document.querySelector('[class*=st-key-formula_]'), '.katex-html').join(''),
    });
    window.dispatchEvent(new Event('afterprint'));
  }).observe(stage, { attributes: true, attributeFilter: ['data-turn'] });
}"""


def test_a_training_that_plays_is_printed_at_one_step(page, address):
    open_lesson(page, f"{address}/training_lab")
    page.evaluate(PRINT_EACH)
    page.locator("[data-does=play]").first.click()
    page.wait_for_function("window.laid.filter((each) => each.formula).length >= 5")
    page.locator("[data-does=play]").first.click()
    lab = pictures("training_lab")["two_runs"]
    for each in page.evaluate("window.laid"):
        step = int(re.match(r"Step (\d+) of 400", each["caption"])[1])
        formula = re.sub(r"#\w+|\[\d+pt\]", "", lab(lab.settle({"made": step}), shown=True).formula)
        numbers = re.findall(r"\d\.\d+", formula)
        assert not each["formula"] or re.findall(r"\d\.\d+", each["formula"]) == numbers, (step, numbers)


def test_an_open_guess_stays_open_on_paper(page, address):
    open_lesson(page, f"{address}/surprise")
    question = page.locator("[class*=st-key-asked_] label p").first.inner_text()
    whole = letters("".join(pages_of(page)))
    assert letters(question) in whole
    assert "your guess ?" in page.evaluate("window.printed[0].texts")
    assert "432" not in whole, "−log₂ 1/20 = 4.32 bits is the answer"
    ruled = "getComputedStyle(document.querySelector('[class*=st-key-asked_] .stSlider'), '::after').borderBottomWidth"
    on_screen_as_on(page)
    assert float(page.evaluate(ruled).removesuffix("px")) >= 1


LOOK_ALIKE = """(selector) => new Set([...document.querySelectorAll(selector)].map((each) => {
  const { backgroundColor, color, fontWeight, borderTopWidth } = getComputedStyle(each);
  return [backgroundColor, color, fontWeight, borderTopWidth].join(" ");
})).size === 1"""


def test_what_the_learner_answered_is_not_printed(page, address):
    open_lesson(page, f"{address}/surprise")
    page.locator(".st-key-vote_twice button").first.click()
    page.get_by_text("Many people do, but it is wrong.").wait_for()
    page.locator("[class*=st-key-question_] [data-testid=stRadioOption]").first.click()
    page.get_by_text("Not yet.").first.wait_for()
    page.locator("[class*=st-key-question_] input[type=text]").first.fill("100")
    page.keyboard.press("Enter")
    page.get_by_text("Other numbers").wait_for()
    page.locator("[class*=st-key-impossible_surprise_negative] button").click()
    page.get_by_text("A probability is at most 1").wait_for()
    settle(page)
    whole = letters("".join(pages_of(page)))
    for words in ("Many people do", "Not yet", "The answer is", "Other numbers", "A probability is at most 1"):
        assert letters(words) not in whole
    assert whole.count("Iagree") == page.locator("[class*=st-key-vote_]").count()
    on_screen_as_on(page)
    page.wait_for_function(LOOK_ALIKE, arg=".st-key-vote_twice button")  # once their colors have changed


SHOWS = """() => [...document.querySelectorAll('.xent-stage')].map((stage) => ({
  texts: [...stage.querySelectorAll('svg text')].map((text) => text.textContent).filter((text) => text.trim()),
  ink: stage.layout.font.color, width: stage.layout.width }))"""


@pytest.mark.parametrize("lesson", ["binary_cross_entropy?p=0.7&shown=1", "your_predictions?T=2"])
def test_a_phone_and_a_dark_screen_print_what_a_light_desktop_prints(open_tab, address, lesson):
    """The second lesson draws its pictures in the session, which sends them for paper along."""
    printed = []
    for screen in ({}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}, "is_mobile": True}):
        tab = open_tab(**screen)
        open_lesson(tab, f"{address}/{lesson}")
        before = tab.evaluate(SHOWS)
        tab.pdf()
        printed.append(tab.evaluate("window.printed"))
        tab.wait_for_function(
            "(before) => [...document.querySelectorAll('.xent-stage')]"
            ".every((stage, number) => stage.layout.width === before[number])",
            arg=[each["width"] for each in before],
        )
        assert tab.evaluate(SHOWS) == before, "the screen does not show what it showed before the print"
    desktop, dark, phone = printed
    assert dark == desktop
    assert phone == desktop


def test_a_dark_picture_that_cannot_be_drawn_for_paper_keeps_its_background(open_tab, address):
    tab = open_tab(color_scheme="dark", breaks_the_line=True)
    open_lesson(tab, f"{address}/surprise")
    tab.context.set_offline(True)
    tab.pdf()
    assert {picture["ink"] for picture in tab.evaluate("window.printed")} == {theme.DARK["ink"]}
    red, green, blue = bytes.fromhex(theme.DARK["paper"][1:])
    assert {picture["page"] for picture in tab.evaluate("window.printed")} == {f"rgb({red}, {green}, {blue})"}


def test_the_button_prints_once_the_pictures_stand_still(page, address):
    open_lesson(page, f"{address}/surprise")
    page.evaluate("""() => {
      window.print = () => { window.printedAt = performance.now(); };
      document.querySelector('.xent-stage').removeAttribute('data-turn');  // as before it is drawn
    }""")
    page.locator(".xent-print").click()
    page.wait_for_timeout(400)
    assert page.evaluate("window.printedAt") is None, "printed before the pictures were drawn"
    page.evaluate("document.querySelector('.xent-stage').dataset.turn = '1'")
    page.wait_for_function("window.printedAt")


@pytest.mark.parametrize("query", ["embed=true", "mode=present"])
def test_a_frame_and_a_projector_have_no_button(page, address, query):
    open_page(page, f"{address}/surprise?{query}")
    assert page.locator(".xent-print").count() == 0


def test_a_page_on_a_projector_prints_the_whole_lesson(page, address):
    open_page(page, f"{address}/surprise?mode=present")
    page.wait_for_selector("text=Check yourself", state="attached")
    settle(page)
    pages = pages_of(page)
    assert 2 <= len(pages) <= 4
    whole = letters("".join(pages))
    assert letters("Remember") in whole
    assert letters("Picture 1 of 3") not in whole
    on_screen_as_on(page)
    assert page.evaluate(PRESSABLE) == []


OTHERS = {
    "glossary": "Perplexity",
    "in_code": "BCEWithLogitsLoss",
    "interview": "Your interview is tomorrow",
    "progress": "steps are done",
    "formula_sheet": "Every loss",
    "reference": "softmax_cross_entropy",
    "for_teachers": "The course in class",
    "links": "hide=answers",
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_pages_are_printed_dark_on_white_without_controls(open_tab, address, name):
    tab = open_tab(color_scheme="dark")
    open_any(tab, address, name)
    tab.get_by_text(OTHERS[name]).first.wait_for(state="attached")
    pages = pages_of(tab)
    assert all(letters(page) for page in pages), "a page is empty"
    assert letters(OTHERS[name]) in "".join(letters(page) for page in pages)
    for paper in WIDTHS:
        on_screen_as_on(tab, paper)
        assert tab.evaluate(BEYOND) == []
    assert tab.evaluate(PRESSABLE) == []
    assert set(tab.evaluate(PAPER)) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert [color for color in tab.evaluate(COLORS) if contrast(color) < 4.5] == []
