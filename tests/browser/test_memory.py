"""What a learner earned is kept in the browser: across reloads, tabs and windows, and until it is forgotten."""

import itertools
import json

import pytest

from tests.browser.hands import open_page, settle, thumb
from tests.browser.servers import course
from xent_ui.live import assets
from xent_ui.self_test.progress import encode

SOLVED = "p:has-text('worth exactly 3 bits') >> text=check_circle"
KEY = "xent-lab 1 /"
FORBIDDEN = (
    "for (const name of ['getItem', 'setItem', 'removeItem']) Storage.prototype[name] = () => { throw Error(); };"
)


def kept(page, key=KEY):
    """Return the record that the browser keeps."""
    return json.loads(page.evaluate("(key) => localStorage.getItem(key)", key) or "null")


def wait_until_kept(page, mark):
    page.wait_for_function('([key, mark]) => localStorage.getItem(key)?.includes(`"${mark}"`)', arg=[KEY, mark])


def solve(page, address):
    """Open the lesson on surprise, and solve one of its tasks."""
    open_page(page, f"{address}/surprise?p=0.13")
    thumb(page, "p").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector(SOLVED)
    wait_until_kept(page, "surprise/three_bits")


def count(page, number):
    """Wait until the page "Your progress" counts this many steps."""
    page.wait_for_function(
        "(text) => document.querySelector('.stMain strong')?.innerText.startsWith(text)", arg=f"{number} of "
    )


def test_what_is_solved_survives_a_reload_an_address_a_new_tab_and_a_closed_window(page, address):
    solve(page, address)
    page.reload()
    page.wait_for_selector(SOLVED)
    page.goto(f"{address}/surprise?p=0.5")
    page.wait_for_selector(SOLVED)
    other = page.context.new_page()
    other.goto(f"{address}/progress")
    count(other, 1)
    page.close()
    other.close()
    later = page.context.browser.contexts[-1].new_page()
    later.goto(f"{address}/progress")
    count(later, 1)


def test_nothing_is_written_and_no_run_is_added_for_a_learner_who_has_earned_nothing(page, address):
    open_page(page, f"{address}/surprise")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('xent-lab')).length") == 0
    box = page.locator(".st-key-memory")
    assert box.count() == 1
    assert not box.is_visible()


def test_an_open_tab_hears_what_another_one_earns(page, address):
    page.goto(f"{address}/progress")
    count(page, 0)
    solve(page.context.new_page(), address)
    count(page, 1)


def test_forget_everything_empties_every_tab_and_nothing_comes_back(page, address):
    solve(page, address)
    other = page.context.new_page()
    other.goto(f"{address}/progress")
    count(other, 1)
    other.get_by_role("button", name="Forget everything").click()
    other.get_by_role("button", name="Yes, forget everything").click()
    count(other, 0)
    page.wait_for_selector(SOLVED, state="detached")
    settle(page)
    assert kept(page)["marks"] == []
    page.reload()
    settle(page)
    assert page.locator(SOLVED).count() == 0
    for step in ("ArrowRight", "ArrowLeft"):  # away, and back by hand
        thumb(page, "p").focus()
        page.keyboard.press(step)
        settle(page)
    page.wait_for_selector(SOLVED)
    count(other, 1)


def test_a_link_adds_to_what_the_browser_keeps(page, address):
    solve(page, address)
    page.goto(f"{address}/progress?done={encode({'entropy', 'surprise'})}")
    count(page, 3)
    page.wait_for_selector("text=2 steps from elsewhere are in your progress now.")
    wait_until_kept(page, "entropy")
    assert kept(page)["marks"] == ["entropy", "surprise", "surprise/three_bits"]
    page.reload()
    count(page, 3)


def test_a_link_is_kept_although_everything_was_forgotten_before(page, address):
    page.goto(f"{address}/progress")
    page.get_by_role("button", name="Forget everything").click()
    page.get_by_role("button", name="Yes, forget everything").click()
    page.wait_for_selector("text=Everything is forgotten.")
    page.wait_for_function("(key) => localStorage.getItem(key)", arg=KEY)
    page.goto(f"{address}/progress?done={encode({'entropy'})}")
    wait_until_kept(page, "entropy")
    count(page, 1)
    page.reload()
    count(page, 1)
    assert kept(page)["marks"] == ["entropy"]


@pytest.mark.parametrize(
    "content",
    [
        "not JSON",
        "null",
        "[1, 2]",
        '{"epoch": "soon", "marks": [], "values": {}}',
        '{"epoch": 0, "marks": {"surprise": 1}, "values": 3}',
        "[" * 100_000,
        '{"epoch": 0, "marks": ["' + "x" * 2_000_000 + '"], "values": {}}',
    ],
    ids=lambda content: content[:20],
)
def test_what_is_damaged_is_ignored_and_replaced(page, address, content):
    page.goto(f"{address}/_stcore/health")
    page.evaluate("([key, content]) => localStorage.setItem(key, content)", [KEY, content])
    page.goto(f"{address}/progress?done={encode({'entropy'})}")
    wait_until_kept(page, "entropy")
    count(page, 1)
    page.reload()
    count(page, 1)
    assert kept(page) == {"epoch": 0, "marks": ["entropy"], "values": {}}


def test_what_a_learner_wrote_into_the_record_cannot_break_a_page(page, address):
    page.goto(f"{address}/_stcore/health")
    record = {
        "epoch": 0,
        "marks": ["entropy", "<script>", 7, "no/such_task"],
        "values": {
            "guesses": [1, 1, '{"surprise": "<b>"}'],
            "x": [1, 1, "["],
            "__proto__": [1, 1, "[]"],
            "y": [1, 1, "["],
        },
    }
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps(record)])
    page.goto(f"{address}/progress")
    count(page, 1)
    open_page(page, f"{address}/surprise")
    assert page.get_by_role("button", name="Lock in my guess").count() == 1


def test_a_browser_that_keeps_nothing_is_told_so_and_the_course_works(open_tab, address):
    page = open_tab()
    page.add_init_script(FORBIDDEN)
    open_page(page, f"{address}/surprise?p=0.13")
    thumb(page, "p").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector(SOLVED)
    page.locator(".xent-menu a", has_text="Your progress").click()
    page.wait_for_selector("text=This browser does not let the course keep anything")
    count(page, 1)
    assert page.get_by_text("kept in this browser:").count() == 0


def test_courses_below_other_paths_keep_records_of_their_own(open_tab):
    with course("course/xent") as address:
        page = open_tab()
        page.goto(f"{address}/progress?done={encode({'entropy'})}")
        page.wait_for_function("localStorage.getItem('xent-lab 1 /course/xent/')?.includes('entropy')")
        page.reload()
        count(page, 1)
        assert kept(page) is None


def test_messages_in_any_order_leave_the_same_record(page, address):
    messages = [
        {"epoch": 3, "marks": ["old"], "values": {"x": [9, 9, "0"]}},
        {"epoch": 5, "marks": ["a"], "values": {"x": [1, 1, "1"]}},
        {"epoch": 5, "marks": ["b"], "values": {"x": [2, 1, "2"], "y": [1, 1, "1"]}},
        {"epoch": 5, "marks": ["a", "c"], "values": {"x": [2, 3, "3"]}},
    ]
    page.goto(f"{address}/{assets.address('memory.js')}")
    for number, order in enumerate(itertools.permutations(messages)):
        page.evaluate(
            """async ([number, order]) => {
              localStorage.clear();
              const { keep } = await import(`${location.href}?${number}`);
              order.forEach(keep);
            }""",
            [number, order],
        )
        values = {"x": [2, 3, "3"], "y": [1, 1, "1"]}
        assert kept(page) == {"epoch": 5, "marks": ["a", "b", "c"], "values": values}


def test_a_tab_whose_record_was_overwritten_writes_it_again(page, address):
    solve(page, address)
    other = page.context.new_page()
    other.goto(f"{address}/_stcore/health")
    overwritten = json.dumps({"epoch": 0, "marks": ["entropy"], "values": {}})
    other.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, overwritten])
    wait_until_kept(other, "surprise/three_bits")
    assert kept(other)["marks"] == ["entropy", "surprise/three_bits"]
