"""The picture follows the hand: in order, without a queue, and the address ends on the released value."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.hands import drag, let_go, open_page, says, seen, settle, thumb, thumb_place, wait_for_caption, watch
from tests.browser.servers import line_to

KEY = "a"  # the chance of A in the second picture of the lesson on surprise: a plain slider of 0.02 to 1
VIEW = re.compile(r"/view/")

# How many questions are sent, and the most that were ever on their way at once: /view answers a question itself, a run
# of the page with a picture whose turn is a whole number.
COUNT_ON_THE_WAY = """() => {
  window.sent = 0; window.answered = 0; window.most = 0;
  const count = () => {
    window.sent += 1; // and then, when the picture that let it go has been noted
    queueMicrotask(() => { window.most = Math.max(window.most, window.sent - window.answered); });
  };
  const [send, ask] = [WebSocket.prototype.send, window.fetch];
  WebSocket.prototype.send = function (data) { count(); return send.call(this, data); };
  window.fetch = function (url, options) {
    if (!`${url}`.includes("/view/")) return ask(url, options);
    count();
    return ask(url, options).finally(() => { window.answered += 1; });
  };
  const stage = document.querySelectorAll('.xent-stage')[1];
  new MutationObserver(() => { window.answered += !stage.dataset.turn.includes('.'); })
    .observe(stage, { attributes: true, attributeFilter: ['data-turn'] });
}"""


def chances(sentences):
    """Return the chance of A in each caption 'Chances multiply: 0.5 × …'."""
    return [float(re.search(r"multiply: ([\d.]+) ×", text)[1]) for text in sentences]


def address_value(page, key):
    return float(parse_qs(urlsplit(page.url).query)[key][0])


@pytest.mark.parametrize("short_way", [True, False], ids=["view", "run of the page"])
def test_the_picture_moves_while_the_thumb_is_held(page, address, short_way):
    if not short_way:
        page.route(VIEW, lambda route: route.fulfill(status=200, body="no JSON"))
    open_page(page, f"{address}/surprise")
    watch(page, 1)
    drag(page, KEY, -100)
    held = chances(seen(page))
    assert len(set(held)) >= 3, "fewer than three pictures while dragging"
    assert KEY not in parse_qs(urlsplit(page.url).query), "the slider committed before it was released"
    let_go(page, KEY)
    values = chances(seen(page))
    assert values == sorted(values, reverse=True), "a picture jumped back"
    assert values[-1] == address_value(page, KEY) == float(thumb(page, KEY).input_value())


def test_the_picture_stands_where_the_thumb_stands_when_the_hand_rests(page, address):
    open_page(page, f"{address}/surprise")
    drag(page, KEY, -100, moves=7, pause=15)
    wait_for_caption(page, f"multiply: {float(thumb(page, KEY).input_value()):g} ×", 1)
    page.mouse.up()


def test_on_a_slow_connection_at_most_one_request_is_open(page, address):
    with line_to(address) as line:
        open_page(page, f"{line.address}/surprise")
        line.delay = 0.3
        watch(page, 1)
        page.evaluate(COUNT_ON_THE_WAY)
        drag(page, KEY, -100, moves=30, pause=40)
        assert page.evaluate("window.sent") >= 2, "nothing was sent while dragging"
        assert page.evaluate("window.most") == 1, "a queue"
        let_go(page, KEY)
        wait_for_caption(page, f"multiply: {address_value(page, KEY):g} ×", 1)
        values = chances(seen(page))
        assert values == sorted(values, reverse=True), "a picture jumped back"


def test_one_failed_request_takes_the_slow_way_once_and_the_next_is_asked_again(open_tab, address):
    page = open_tab(breaks_the_line=True)
    open_page(page, f"{address}/surprise")
    answers = []
    page.on("response", lambda reply: answers.append(reply.status) if VIEW.search(reply.url) else None)
    page.route(VIEW, lambda route: route.abort(), times=1)
    watch(page, 1)
    drag(page, KEY, -100)
    let_go(page, KEY)
    assert len([status for status in answers if status == 200]) >= 3, "previews stayed off after one failure"
    values = chances(seen(page))
    assert values == sorted(values, reverse=True)
    assert values[-1] == address_value(page, KEY)


def test_a_picture_that_could_not_load_plotly_tries_again_at_the_next_move(open_tab, address):
    page = open_tab(breaks_the_line=True)
    page.route("**/plotly.min.js", lambda route: route.abort(), times=1)
    page.goto(f"{address}/surprise")
    stage = page.locator(".xent-stage").nth(1)
    stage.get_by_text("The picture did not arrive.").wait_for()
    thumb(page, KEY).focus()
    page.keyboard.press("ArrowRight")
    stage.locator(".main-svg").first.wait_for()
    wait_for_caption(page, "multiply: 0.51", 1)
    assert "did not arrive" not in stage.inner_text()


def test_a_reply_that_comes_too_late_paints_over_nothing(page, address):
    open_page(page, f"{address}/surprise")
    late = []

    def hold_back(route):
        if late:
            route.continue_()
        else:
            late.append(route)

    page.route(VIEW, hold_back)
    watch(page, 1)
    x, y = thumb_place(page, KEY)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 20, y)
    page.wait_for_timeout(3300)  # the first question is given up, and its picture takes the slow way
    page.mouse.move(x - 80, y)
    page.wait_for_timeout(600)
    let_go(page, KEY)
    before = seen(page)
    late[0].continue_()
    page.wait_for_timeout(600)
    assert seen(page) == before, "the late reply painted over a newer picture"
    assert chances(before)[-1] == address_value(page, KEY)


def test_a_drag_that_returns_to_its_start_leaves_no_trace(page, address):
    open_page(page, f"{address}/surprise")
    watch(page, 1)
    x, y = thumb_place(page, KEY)
    page.mouse.move(x, y)
    page.mouse.down()
    for offset in range(0, -60, -6):
        page.mouse.move(x + offset, y)
        page.wait_for_timeout(40)
    page.wait_for_selector(".xent-cover .katex", state="attached")
    while thumb(page, KEY).input_value() != "0.5":
        offset += 1
        assert offset < 40
        page.mouse.move(x + offset, y)
        page.wait_for_timeout(20)
    page.mouse.up()
    wait_for_caption(page, "multiply: 0.5 ×", 1)
    settle(page)
    assert page.locator(".xent-cover").count() == 0, "what lay over caption and formula stayed"
    # And the next commit is not held back by what the drag left behind.
    thumb(page, KEY).focus()
    page.keyboard.press("ArrowRight")
    wait_for_caption(page, "multiply: 0.51", 1)


def test_the_dot_itself_can_be_dragged(page, address):
    open_page(page, f"{address}/surprise?p=0.5")
    watch(page)
    box = page.locator(".xent-stage").first.bounding_box()
    start = box["x"] + 66 + (box["width"] - 90) / 2
    y = box["y"] + box["height"] / 2
    page.mouse.move(start, y)
    page.mouse.down()
    for step in range(20):
        page.mouse.move(start - step * 8, y)
        page.wait_for_timeout(30)
    assert len(set(seen(page))) >= 3
    let_go(page, "p")
    p = address_value(page, "p")
    assert 0 < p < 0.4
    assert f"probability {100 * p:g} %" in says(page)


def test_keys_move_the_picture(page, address):
    open_page(page, f"{address}/surprise")
    thumb(page, KEY).focus()
    for press, value in (("ArrowRight", 0.51), ("End", 1), ("ArrowLeft", 0.99)):
        page.keyboard.press(press)
        wait_for_caption(page, f"multiply: {value:g} ×", 1)
        page.wait_for_function("(value) => new URL(location).searchParams.get('a') == value", arg=value)


def test_a_control_of_several_pictures_moves_them_all(page, address):
    open_page(page, f"{address}/surprise")
    page.locator(".st-key-unit button", has_text="nats").click()
    for number in range(3):
        wait_for_caption(page, "nats", number) if number < 2 else wait_for_caption(page, "0.325", number)
    settle(page)
    assert "unit=nats" in page.url
    assert all("nats" in says(page, number) for number in range(2))


def test_a_preset_on_sliders_that_are_not_drawn_is_in_the_address(page, address):
    open_page(page, f"{address}/entropy")
    page.get_by_text("A horse race", exact=True).click()
    settle(page)
    query = parse_qs(urlsplit(page.url).query)
    assert query["outcomes"] == ["8"]
    assert [int(query.get(f"m{i}", ["0"])[0]) for i in range(5, 9)] == [2, 2, 2, 2]
    page.reload()
    page.wait_for_selector(".xent-stage .main-svg")
    settle(page)
    assert parse_qs(urlsplit(page.url).query) == query
    assert thumb(page, "m8").input_value() == "2"


# The boxes of the symbols of a formula as they can be seen, and where they stand in the picture's row of the page.
BOXES = """(formula) => {
  const row = formula.closest('[class*=st-key-formula_]').getBoundingClientRect();
  const room = formula.closest('.stMarkdown').getBoundingClientRect().width;
  const end = formula.parentElement.getBoundingClientRect().right;
  return [...formula.querySelectorAll('.katex-html .mord, .katex-html .mbin, .katex-html .mrel, .katex-html .mop')]
    .filter((symbol) => symbol.children.length === 0 && symbol.textContent.trim())
    .map((symbol) => {
      const box = symbol.getBoundingClientRect();
      const cut = box.right > end + 1 && room > formula.scrollWidth;
      return [symbol.textContent, cut, box.left - row.left, box.top - row.top, box.width, box.height];
    });
}"""


@pytest.mark.parametrize(
    ("path", "key", "moves", "number"),
    [
        ("entropy?m1=30&shown=1", "m1", 8, 0),
        ("cross_entropy?q1=50&q2=50&shown=1", "q1", 8, 0),  # grows wider: from + 0 to + 0.163
        ("likelihood?shown=1", "came", 3, 0),
        ("surprise", "a", 8, 1),  # the formula of the second picture
        ("calibration?shown=1", "cool", 8, 0),  # two pictures follow it
    ],
)
def test_a_formula_is_set_during_a_drag_as_it_is_set_by_the_page(page, address, path, key, moves, number):
    open_page(page, f"{address}/{path}")
    drag(page, key, -6 * moves, moves=moves, pause=60)
    page.wait_for_selector(".xent-cover .katex", state="attached")
    settle(page)
    page.wait_for_timeout(700)  # two formulas later the cover shows the value under the thumb
    cover = page.evaluate(f"({BOXES})(document.querySelector('.xent-cover .katex-display'))")
    let_go(page, key)  # which waits until nothing lies over the page any more
    formulas = "[...document.querySelectorAll('[class*=st-key-formula_] .katex-display')]"
    formulas += ".filter((each) => !each.closest('.xent-ghost'))"
    shown = page.evaluate(f"({BOXES})({formulas}[{number}])")
    assert len(cover) > 8
    assert [box[0] for box in cover] == [box[0] for box in shown]
    for (symbol, cut, *over), (_, _, *own) in zip(cover, shown, strict=True):
        assert not cut, f"{symbol} is cut off"
        assert over == pytest.approx(own, abs=1), f"{symbol} is set differently"


def ink(page):
    """Return the color of the axis titles of the first picture."""
    return page.evaluate("getComputedStyle(document.querySelector('.xent-stage .xtitle')).fill")


EVERY_INK = """(color) => [...document.querySelectorAll('.xent-stage')].every(
  (stage) => getComputedStyle(stage.querySelector('.xtitle')).fill === color)"""
DARK_INK, LIGHT_INK = "rgb(166, 172, 184)", "rgb(91, 98, 112)"


def test_the_first_dark_picture_under_the_hand_is_dark(open_tab, address):
    page = open_tab(color_scheme="dark")
    open_page(page, f"{address}/surprise")
    assert ink(page) == DARK_INK
    page.evaluate("""() => {
      window.inks = [];
      const stage = document.querySelector('.xent-stage');
      new MutationObserver(() => window.inks.push(getComputedStyle(stage.querySelector('.xtitle')).fill))
        .observe(stage, { attributes: true, attributeFilter: ['data-turn'] });
    }""")
    drag(page, "p", -60)
    let_go(page, "p")
    inks = page.evaluate("window.inks")
    assert len(inks) >= 2
    assert set(inks) == {DARK_INK}


def test_a_theme_switched_while_the_page_is_open_changes_the_ink(page, address):
    open_page(page, f"{address}/surprise")
    assert ink(page) == LIGHT_INK
    for scheme, color in (("dark", DARK_INK), ("light", LIGHT_INK)):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(EVERY_INK, arg=color)


def test_show_me_in_the_picture_jumps_when_the_reader_prefers_reduced_motion(open_tab, address):
    page = open_tab(reduced_motion="reduce")
    open_page(page, f"{address}/surprise")
    page.evaluate("""() => {
      window.scrolled = [];
      const scroll = Element.prototype.scrollIntoView;
      Element.prototype.scrollIntoView = function (how) {
        window.scrolled.push(how?.behavior);
        scroll.call(this, how);
      };
    }""")
    page.locator(".st-key-vote_twice button", has_text="I agree").click()
    page.locator(".st-key-show_twice button").click()
    page.wait_for_function("() => window.scrolled.includes('auto')")
    assert "smooth" not in page.evaluate("window.scrolled")


def swipe(page, start, end, steps=12):
    """Move a finger from one point to another, as input of the browser itself."""
    touch = page.context.new_cdp_session(page)
    (x, y), (to_x, to_y) = start, end
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, steps + 1):
        at = {"x": x + (to_x - x) * step / steps, "y": y + (to_y - y) * step / steps}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
        page.wait_for_timeout(20)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.fixture
def phone(open_tab, address):
    tab = open_tab(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_page(tab, f"{address}/surprise?p=0.82")
    tab.locator(".xent-stage").first.evaluate("stage => stage.scrollIntoView({block: 'center'})")
    tab.wait_for_timeout(300)
    return tab


def middle(page):
    box = page.locator(".xent-stage").first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


# Which runs the page made: the turn of a picture counts them, those of previews have a fraction.
RUNS = "() => [...document.querySelectorAll('.xent-stage')].map((stage) => Math.trunc(stage.dataset.turn))"
ALL_RAN = f"(before) => ({RUNS})().every((run, number) => run > before[number])"


PHONE = "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141 Mobile Safari/537.36"


def tellings(page):
    """Return a list that collects what the browser tells the server of the width of its stages."""
    told = []

    def listen(socket):
        socket.on("framesent", lambda frame: told.append(frame) if b"narrow" in bytes(frame) else None)

    page.on("websocket", listen)
    return told


def test_a_phone_is_known_by_its_name_and_runs_no_second_time(open_tab, address):
    tab = open_tab(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, user_agent=PHONE)
    told = tellings(tab)
    open_page(tab, f"{address}/surprise")
    assert not told


def test_a_phone_asks_for_pictures_of_a_narrow_stage(phone):
    before = phone.evaluate(RUNS)
    phone.wait_for_timeout(700)
    assert phone.evaluate(RUNS) == before, "the page runs again and again"
    asked = []
    phone.on("request", lambda request: asked.append(request.url) if VIEW.search(request.url) else None)
    x, y = middle(phone)
    swipe(phone, (x, y), (x - 80, y + 6))
    settle(phone)
    assert asked
    assert all("narrow=1" in url for url in asked)


def test_a_phone_that_is_turned_is_drawn_wide_and_then_narrow_again(phone):
    asked = []
    phone.on("request", lambda request: asked.append(request.url) if VIEW.search(request.url) else None)
    for width, height, narrow in ((844, 390, False), (390, 844, True)):
        phone.set_viewport_size({"width": width, "height": height})
        before = phone.evaluate(RUNS)
        phone.wait_for_function(ALL_RAN, arg=before)
        settle(phone)
        before = phone.evaluate(RUNS)
        phone.wait_for_timeout(700)
        assert phone.evaluate(RUNS) == before, "the page runs again and again"
        asked.clear()
        thumb(phone, "p").focus()
        phone.keyboard.press("ArrowLeft")
        settle(phone)
        assert asked
        assert all(("narrow=1" in url) is narrow for url in asked)


def test_a_narrow_window_on_a_desk_tells_the_server_once(page, address):
    """Its name is not that of a phone, so the page runs a second time, and no more."""
    page.set_viewport_size({"width": 390, "height": 844})
    told = tellings(page)
    open_page(page, f"{address}/surprise")
    assert told
    before = page.evaluate(RUNS)
    page.wait_for_timeout(700)
    assert page.evaluate(RUNS) == before, "the page runs again and again"
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_function(ALL_RAN, arg=before)


SCROLLED = "() => document.querySelector('[data-testid=stMain]').scrollTop + window.scrollY"


def test_a_vertical_swipe_over_the_picture_scrolls_and_moves_nothing(phone):
    x, y = middle(phone)
    before = phone.evaluate(SCROLLED)
    swipe(phone, (x, y), (x + 10, y - 200))
    phone.wait_for_function(f"(before) => ({SCROLLED})() > before + 50", arg=before)
    settle(phone)
    assert "probability 82 %" in says(phone)
    assert "p=0.82" in phone.url


def test_a_sideways_swipe_drags_the_dot(phone):
    x, y = middle(phone)
    swipe(phone, (x, y), (x - 80, y + 6))
    phone.wait_for_function("() => new URL(location).searchParams.get('p') !== '0.82'")
    settle(phone)
    assert f"probability {100 * address_value(phone, 'p'):g} %" in says(phone)


def test_two_fingers_zoom_and_move_nothing(phone):
    x, y = middle(phone)
    touch = phone.context.new_cdp_session(phone)
    for kind, apart in [("touchStart", 20), *(("touchMove", 20 + 8 * step) for step in range(1, 12))]:
        points = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        phone.wait_for_timeout(20)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    phone.wait_for_function("window.visualViewport.scale > 1.05")
    settle(phone)
    assert "p=0.82" in phone.url
