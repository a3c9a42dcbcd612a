"""A whole lesson by keyboard: every step can be reached, is seen when it is, and does what a hand would do."""

import pytest

from tests.browser.hands import open_any, open_page, settle, thumb, wait_for_caption

# What the keyboard is at, and whether one sees it: an outline around it, or around what stands for an unseen input, and
# nothing over it.
AT = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return { name: 'nothing', seen: true };
  const isUnseen = /radio|checkbox/.test(at.type);
  const shown = at.type === 'range' ? at.parentElement.parentElement : isUnseen ? at.closest('label') : at;
  const style = getComputedStyle(shown);
  const { top, bottom, left, right } = shown.getBoundingClientRect();
  const isOutlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const isInWindow = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  const [first] = shown.getClientRects();
  const there = document.elementFromPoint(first.left + first.width / 2, first.top + first.height / 2);
  const isCovered = there && !shown.contains(there) && !there.contains(shown);
  return { name: at.outerHTML.slice(0, 150), seen: isOutlined && isInWindow && !isCovered };
}"""
IS_AT = "(selector) => document.activeElement.matches(selector)"
MOST = 120  # stops between two steps


def check_seen(page):
    for _ in range(20):  # an outline may take a moment to appear
        at = page.evaluate(AT)
        if at["seen"]:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"the focus is not seen at {at['name']}")


def tab_to(page, selector, key="Tab"):
    """Press Tab until the focus is at what the selector names; it must be seen at each stop."""
    for _ in range(MOST):
        page.keyboard.press(key)
        check_seen(page)
        if page.evaluate(IS_AT, selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def press(page, key):
    page.keyboard.press(key)
    page.wait_for_timeout(100)
    settle(page)


def follow_to_entropy(page):
    """Press the link in focus, which leads to the lesson on entropy; the focus goes to its title."""
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('How much surprise should you expect?')")
    settle(page)
    page.wait_for_function("document.activeElement.matches('h1')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_lesson_from_its_title_to_the_next_one(open_tab, address, scheme):
    page = open_tab(color_scheme=scheme)
    open_page(page, f"{address}/surprise")
    page.keyboard.press("Tab")
    check_seen(page)
    assert page.evaluate("document.activeElement.innerText") == "Skip to the lesson"
    page.keyboard.press("Enter")
    assert page.evaluate(IS_AT, "h1")
    check_seen(page)

    tab_to(page, ".st-key-guess_surprise input")
    before = thumb(page, "guess_surprise").input_value()
    press(page, "ArrowRight")
    assert thumb(page, "guess_surprise").input_value() != before
    tab_to(page, ".st-key-lock_surprise button")
    press(page, "Enter")
    page.locator(".st-key-asked_surprise_one_event").get_by_text("You said").wait_for()
    page.wait_for_function("document.activeElement.matches('.st-key-asked_surprise_one_event')")  # the button is gone

    tab_to(page, ".st-key-p input")
    for _ in range(3):
        press(page, "ArrowLeft")
    wait_for_caption(page, "probability 47 %")
    assert "p=0.47" in page.url
    tab_to(page, ".st-key-unit button")
    press(page, "ArrowRight")
    if "unit=nats" not in page.url:  # Streamlit 1.62 moves the focus first
        press(page, "Space")
    wait_for_caption(page, "nats")

    task = page.locator("[class*='st-key-impossible_surprise_negative'] button")
    tab_to(page, "[class*='st-key-impossible_surprise_negative'] button")
    press(page, "Enter")
    assert task.count() == 0, "the impossible task is still open"
    page.wait_for_function("document.activeElement.matches('.st-key-tasks_surprise_one_event')")

    tab_to(page, ".st-key-vote_twice button")
    press(page, "Space")
    tab_to(page, ".st-key-show_twice button")
    press(page, "Enter")
    wait_for_caption(page, "12.5 %")

    tab_to(page, ".st-key-check_halves input")
    press(page, "ArrowDown")
    page.locator(".st-key-question_halves").get_by_text("Right.").wait_for()

    tab_to(page, "summary")
    press(page, "Enter")
    assert page.locator("details[open]").count() == 1
    tab_to(page, ".st-key-onward .stPageLink a")
    follow_to_entropy(page)


def test_menu_buttons_and_popovers(open_tab, address):
    page = open_tab()
    open_page(page, f"{address}/surprise")
    tab_to(page, ".xent-menu a[aria-current=page]")
    tab_to(page, ".stPopover button")
    press(page, "Enter")
    page.wait_for_selector("[data-part=copy]:not([inert] *)")
    tab_to(page, "[data-part=copy]")
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-part=copy]", state="detached")
    page.wait_for_function(IS_AT, arg=".stPopover button")
    tab_to(page, ".xent-menu a[href$='/entropy']", key="Shift+Tab")
    follow_to_entropy(page)


def test_the_play_bar(open_tab, address):
    page = open_tab()
    open_page(page, f"{address}/training_lab")
    page.locator(".xent-play [data-does=play]").first.evaluate("node => node.focus()")
    tab_to(page, "[data-does=step]")
    press(page, "Enter")
    wait_for_caption(page, "Step 1 ")
    tab_to(page, "[data-does=play]", key="Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('[data-does=play]').ariaPressed === 'true'")
    page.keyboard.press("Enter")
    settle(page)
    assert page.evaluate(IS_AT, "[data-does=play]")


def test_what_is_wider_than_the_page_scrolls_by_keyboard(open_tab, address):
    page = open_tab(viewport={"width": 390, "height": 844})
    page.goto(f"{address}/formula_sheet")
    page.wait_for_selector("[data-xent-scrolls]")
    tab_to(page, "[data-xent-scrolls]")
    assert page.evaluate("[document.activeElement.role, document.activeElement.ariaLabel]") == ["region", "Table 1"]
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 20")


def test_on_a_phone_the_picture_that_stays_in_view_does_not_cover_the_focus(open_tab, address):
    page = open_tab(viewport={"width": 390, "height": 844})
    open_page(page, f"{address}/surprise")
    tab_to(page, ".st-key-table_surprise_long_run input")
    tab_to(page, ".st-key-guess_surprise input", key="Shift+Tab")


def test_with_the_menu_open_on_a_tablet_the_picture_does_not_cover_the_focus(open_tab, address):
    """The page is narrow, because the menu stands beside it, but the window is wide."""
    page = open_tab(viewport={"width": 1024, "height": 768})
    open_page(page, f"{address}/surprise")
    page.locator("[data-testid=stExpandSidebarButton]").click()
    page.wait_for_function("document.querySelector('.stMain').clientWidth <= 860")
    settle(page)
    page.locator(".st-key-table_surprise_long_run input").evaluate("node => node.focus()")
    tab_to(page, ".stPopover button", key="Shift+Tab")


def test_a_menu_that_covers_the_page_keeps_the_keyboard_until_escape(open_tab, address):
    page = open_tab(viewport={"width": 390, "height": 844})
    open_any(page, address, "surprise")
    at_opener = "document.activeElement.matches('[data-testid=stExpandSidebarButton]')"
    in_menu = "Boolean(document.activeElement.closest('.stSidebar'))"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(at_opener)
    page.keyboard.press("Enter")
    page.wait_for_function(in_menu)
    assert page.locator(".stMain").evaluate("node => Boolean(node.closest('[inert]'))")
    tab_to(page, ".xent-menu a[href$='/links']")
    page.keyboard.press("Escape")
    page.wait_for_function(at_opener)
    assert not page.locator(".stMain").evaluate("node => Boolean(node.closest('[inert]'))")
    page.keyboard.press("Enter")
    page.wait_for_function(in_menu)
    tab_to(page, ".xent-menu a[href$='/entropy']")
    follow_to_entropy(page)


def test_a_menu_that_stands_beside_the_page_leaves_the_page_alone(open_tab, address):
    page = open_tab(viewport={"width": 1024, "height": 768})
    open_any(page, address, "surprise")
    page.locator("[data-testid=stExpandSidebarButton]").click()
    page.wait_for_function("document.querySelector('.stSidebar').getBoundingClientRect().right > 200")
    settle(page)
    assert not page.locator(".stMain").evaluate("node => Boolean(node.closest('[inert]'))")


def test_escape_closes_the_qr_code_and_then_the_popover_and_copy_keeps_the_focus(open_tab, address):
    page = open_tab(permissions=["clipboard-read", "clipboard-write"])
    open_page(page, f"{address}/surprise")
    page.locator(".st-key-heading .stPopover button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-part=copy]:not([inert] *)")  # its script has run
    page.locator("[data-part=copy]").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Copied.").wait_for()
    page.wait_for_function(IS_AT, arg="[data-part=copy]")
    page.locator("[data-part=qr]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-part=large][open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-part=large]:not([open])", state="attached")
    page.wait_for_function("document.activeElement.matches('[data-part=qr]')")
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-part=copy]", state="detached")
    page.wait_for_function(IS_AT, arg=".stPopover button")
