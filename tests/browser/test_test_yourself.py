"""The pages that ask, in a real browser: proofs, keys alone, two learners at once, progress carried along."""

import re
from urllib.parse import urlsplit

import pytest

from tests.browser.hands import open_page, settle, thumb
from xent_ui.self_test.questions.facts import drawn
from xent_ui.self_test.questions.interview import QUESTIONS
from xent_ui.self_test.questions.numeric import KINDS
from xent_ui.self_test.questions.problems import problem
from xent_ui.views.base import pictures

ALL_PROOFS = [question.proof for question in QUESTIONS] + [
    proof for kind in KINDS if (proof := problem(KINDS[kind], 1).proof)
]
# Three of them: that every proof shows its answer is tested without a browser, on the pictures themselves.
PROOFS = {proof.page: proof for proof in ALL_PROOFS if proof.page in ("entropy", "focal_loss", "calibration")}


@pytest.mark.parametrize("proof", PROOFS.values(), ids=PROOFS.keys())
def test_a_proof_opens_on_a_page_that_shows_the_answer(page, address, proof):
    open_page(page, f"{address}/{proof.address}")
    seen = page.evaluate("""() => [document.body.innerText,
        ...[...document.querySelectorAll('.katex')].map((tex) => tex.textContent),
        ...[...document.querySelectorAll('.xent-description')].map((caption) => caption.textContent)].join(' ')""")
    for number in re.findall(r"\d+\.?\d*", proof.shows):
        assert number in seen, f"{proof.address} does not show {number}"


def test_prove_it_opens_the_lesson_at_the_picture_within_the_session_and_back(page, address):
    question = next(each for each in QUESTIONS if each.proof.picture != next(iter(pictures(each.proof.page))))
    page.goto(f"{address}/interview?question={question.id}")
    page.locator(".st-key-reveal button").click()
    door = page.locator(".xent-proof[href]")
    door.wait_for()
    page.evaluate("window.still_here = true")
    door.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".xent-marked .main-svg")
    settle(page)
    assert page.evaluate("window.still_here"), "the page was loaded anew"
    marked = page.locator(".xent-marked").bounding_box()
    assert marked["y"] >= 0
    assert marked["y"] + marked["height"] <= page.viewport_size["height"]
    page.go_back()
    page.wait_for_selector("h1:has-text('Could you explain it tomorrow?')")
    page.wait_for_selector(".st-key-model_answer")
    assert question_of(page) == question


def test_a_statement_is_answered_by_keys_alone_and_nobody_else_sees_it(chromium, address):
    mine, theirs = (chromium.new_context().new_page() for _ in range(2))
    for tab in (mine, theirs):
        open_page(tab, f"{address}/you_are_the_model?round=5")
    mine.locator(".st-key-believe input[type=range]").focus()
    for _ in range(3):
        mine.keyboard.press("ArrowRight")
    settle(mine)
    mine.keyboard.press("Tab")
    assert mine.evaluate("document.activeElement.innerText") == "That is my answer"
    mine.keyboard.press("Enter")
    mine.wait_for_selector(f"text={drawn(5)[0].because}")
    assert mine.get_by_text("You said 53 %.").count()
    settle(theirs)
    theirs.locator(".st-key-believe input[type=range]").focus()
    theirs.keyboard.press("ArrowLeft")
    settle(theirs)
    assert theirs.get_by_text("Statement 1 of 12").count()
    assert not theirs.get_by_text(drawn(5)[0].because).count()
    assert "49 %" in theirs.locator(".st-key-believe").inner_text()
    for tab in (mine, theirs):
        tab.context.close()


def question_of(page):
    """Return the question that the page of the interview shows."""
    asks = plain(page.locator(".stMain h2").first.inner_text())
    return next(question for question in QUESTIONS if plain(question.asks) == asks)


def plain(asks):
    """Return the words of a question without its formula, whose text depends on how it is typeset."""
    return re.sub(r"\W", "", asks.partition("$")[0])[:25]


def wait_for_question(page, question):
    """Wait until the page shows a question with its answer hidden, and Streamlit is idle."""
    page.wait_for_function(
        "(asks) => document.querySelector('.stMain h2')"
        "?.innerText.replaceAll(/[^\\p{L}\\p{N}_]/gu, '').startsWith(asks)",
        arg=plain(question.asks),
    )
    settle(page)


def active(page):
    """Return what has the focus: the keys of the Streamlit elements around it, from the inside, and its text."""
    return page.evaluate("""() => {
        const keys = [];
        for (let node = document.activeElement; node; node = node.parentElement)
            keys.push(...[...node.classList].filter((name) => name.startsWith('st-key-')));
        return [keys.map((name) => name.slice(7)), document.activeElement.innerText];
    }""")


def open_interview(page, url):
    page.goto(url)
    page.locator(".st-key-reveal button").wait_for()
    page.locator(".xent-keys kbd").first.wait_for()
    settle(page)


def test_each_question_has_an_address_and_back_returns_to_the_one_before(page, address):
    first, second, third = QUESTIONS[4:7]
    open_interview(page, f"{address}/interview?question={first.id}")
    assert question_of(page) == first
    for question in (second, third):
        page.locator(".xent-questions a", has_text=question.asks.partition("$")[0][:40]).first.click()
        wait_for_question(page, question)
        assert urlsplit(page.url).query == f"question={question.id}"
    for question in (second, first):
        page.go_back()
        wait_for_question(page, question)


def test_browsing_by_keys_alone(page, address):
    open_interview(page, f"{address}/interview")
    page.keyboard.press("ArrowRight")
    wait_for_question(page, QUESTIONS[1])
    page.keyboard.press("Enter")
    page.locator(".st-key-model_answer .xent-proof[href]").wait_for()
    page.wait_for_function("() => document.activeElement.matches('.st-key-model_answer')")
    page.keyboard.press("ArrowRight")
    wait_for_question(page, QUESTIONS[2])
    assert page.locator(".st-key-model_answer").count() == 0, "the next answer is hidden"
    assert active(page)[0][0] == "reveal"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    wait_for_question(page, QUESTIONS[-1])


def test_the_list_of_questions_is_one_stop_of_the_tab_key(page, address):
    open_interview(page, f"{address}/interview")
    page.locator(".st-key-reveal button").focus()
    stops = []
    for _ in range(4):
        page.keyboard.press("Tab")
        stops.append(active(page)[1])
    assert stops[:2] == ["←", "→"]
    assert stops[2] == QUESTIONS[0].asks
    assert stops[3] not in [question.asks for question in QUESTIONS]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    wait_for_question(page, QUESTIONS[1])
    assert active(page)[1] == QUESTIONS[1].asks, "the focus goes with the choice"


def test_a_drill_by_keys_alone_and_a_reload_keep_every_grade(page, address):
    open_interview(page, f"{address}/interview?way=Drill")
    asked = [question_of(page).id]
    for reveal, grade in ((" ", "1"), ("Enter", "3"), ("Enter", "2")):
        page.keyboard.press(reveal)
        page.locator(".st-key-grade_knew button").wait_for()
        page.wait_for_function("() => document.activeElement.matches('.st-key-model_answer')")
        page.keyboard.press(grade)
        page.locator(".st-key-reveal button").wait_for()
        page.wait_for_function("() => document.activeElement.closest('.st-key-reveal')")
        asked.append(question_of(page).id)
    assert len(set(asked)) == 4
    progress = page.get_by_text("due today").inner_text()
    # It may be late in the evening: then what comes back in minutes is due on the next day.
    assert sum(int(n) for n in re.findall(r"\d+", progress)[:3]) == len(QUESTIONS)
    assert f"{len(QUESTIONS) - 3} new" in progress
    page.keyboard.press("Enter")
    page.locator(".st-key-grade_knew button").wait_for()
    page.reload()
    page.wait_for_selector(f"text={len(QUESTIONS) - 3} new")
    settle(page)
    assert page.get_by_text("due today").inner_text().startswith(progress.partition("The next")[0])
    assert question_of(page).id == asked[-1]
    other = page.context.new_page()
    other.goto(f"{address}/interview?way=Drill")
    other.wait_for_selector(f"text={len(QUESTIONS) - 3} new")


def test_keys_do_nothing_while_the_learner_types(page, address):
    open_interview(page, f"{address}/interview?way=Drill")
    asked = question_of(page)
    field = page.locator(".st-key-theme input")
    field.click()
    page.keyboard.type("1 2 3 ")
    page.keyboard.press("Escape")
    settle(page)
    assert page.locator(".st-key-model_answer").count() == 0
    page.locator(".st-key-reveal button").click()
    page.locator(".st-key-grade_knew button").wait_for()
    field.click()
    page.keyboard.type("123")
    page.keyboard.press("Escape")
    settle(page)
    assert question_of(page) == asked
    assert page.locator(".st-key-model_answer").count() == 1


def test_keys_held_down_or_with_a_modifier_grade_nothing(page, address):
    open_interview(page, f"{address}/interview?way=Drill")
    asked = question_of(page)
    page.keyboard.down("Enter")
    page.locator(".st-key-grade_knew button").wait_for()
    page.keyboard.down("Enter")  # a second time without an up in between is a repetition
    page.keyboard.up("Enter")
    page.keyboard.press("Alt+3")
    page.keyboard.press("Control+3")
    settle(page)
    assert question_of(page) == asked
    assert page.locator(".st-key-grade_knew button").count() == 1


def test_the_timer_is_off_for_the_questions_that_follow(page, address):
    open_interview(page, f"{address}/interview?way=Drill")
    page.wait_for_selector(".xent-timer output:has-text(':')")
    page.locator(".st-key-timed input").focus()
    page.keyboard.press("Space")
    page.wait_for_selector(".xent-timer", state="detached")
    page.locator(".st-key-reveal button").click()
    page.locator(".st-key-grade_missed button").click()
    page.locator(".st-key-reveal button").wait_for()
    settle(page)
    assert page.locator(".xent-timer").count() == 0


@pytest.mark.parametrize("way", ["Browse", "Drill"])
@pytest.mark.parametrize("size", [(1280, 720), (820, 1180), (390, 844)], ids=str)
def test_nothing_of_the_interview_is_cut_off(open_tab, address, way, size):
    tab = open_tab(viewport={"width": size[0], "height": size[1]})
    open_interview(tab, f"{address}/interview?way={way}")
    tab.locator(".st-key-reveal button").click()
    tab.locator(".st-key-model_answer .xent-proof[href]").wait_for()
    settle(tab)
    boxes = tab.evaluate("""() => [...document.querySelectorAll(
        '.stMain :is(.stButton button, .stButtonGroup button, .stSelectbox, .xent-questions a, .xent-proof, h2)')]
        .filter((each) => each.checkVisibility())
        .map((each) => [each.innerText, each.getBoundingClientRect().left, each.getBoundingClientRect().right])""")
    assert len(boxes) > 8
    assert not [words for words, left, right in boxes if left < 0 or right > size[0]]
    assert tab.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_progress_is_carried_to_another_machine_by_link(page, chromium, address):
    open_page(page, f"{address}/surprise?p=0.13")
    thumb(page, "p").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("p:has-text('worth exactly 3 bits') >> text=check_circle")
    page.locator(".xent-menu a", has_text="Your progress").click()
    page.get_by_text("Take it elsewhere").click()
    link = page.locator("[data-testid=stCode] code").first
    link.wait_for()
    assert page.get_by_text("1 of", exact=False).count()
    href = link.inner_text()
    other = chromium.new_context().new_page()
    other.goto(href)
    other.wait_for_selector("text=1 step from elsewhere is in your progress now.")
    assert urlsplit(other.url).query == ""
    other.goto(href[:-4])
    other.wait_for_selector("text=Nothing was added.")
    other.context.close()
