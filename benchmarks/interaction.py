"""Measure how fast a picture follows the hand, as a ratio to a Dash app (the twin) that shows the same figures.

Both are driven in the same Chromium, in turns. The two results per lesson are ratios to Dash:

    key to picture   from the key press on a slider to the first changed picture painted (median)
    pictures         distinct pictures per second while a thumb is dragged for two seconds (median)

The bytes that the server sends for one step of the slider, preview included, are printed too. Run it in the root of
the repository:

    python -m benchmarks.interaction [--lessons surprise entropy] [--rounds 3] [--json]

A lesson whose first picture only a session can draw has no twin and is left out.
"""

import argparse
import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Locator, Page, Request, sync_playwright

from benchmarks.dash_twin import finest_slider, first_picture
from tests.browser.conftest import BROWSER, FLAGS
from tests.browser.servers import ROOT, course, free_port
from xent_ui.course.table import LESSON, LESSONS

PRESSES, DRAG_SECONDS = 10, 2.0
TARGETS = {"latency": "at most 1.3 ×", "rate": "at least 1.0 ×"}
MEASURED = [each.file for each in LESSONS if each.kind == LESSON and not first_picture(each.file).needs_data]

# A picture counts once its data has changed and the browser paints it.
INSTRUMENT = """() => {
  window.pictures = [];
  const graph = document.querySelector('.js-plotly-plot');
  const of = (values) => values?.bdata ?? (values?.length ? [...values].join() : values);
  const drawn = () => graph.data.map((t) => [t.x, t.y, t.base, t.text, t.z].map(of).join()).join('|')
    + JSON.stringify(graph.layout.shapes ?? '') + JSON.stringify(graph.layout.annotations ?? '');
  let last = drawn();
  graph.on('plotly_afterplot', () => {
    const now = drawn();
    if (now === last) return;
    last = now;
    requestAnimationFrame((frame) => {
      if (frame === window.frame) return; // two drawings in one frame count as one picture
      window.frame = frame;
      window.pictures.push(performance.now());
    });
  });
  document.addEventListener('keydown', () => { window.pressed = performance.now(); }, { capture: true });
}"""


# Whether a slider stands in the lower half of its range; Streamlit's thumb is an input, Dash's says so in ARIA.
IS_LOW = """(thumb) => {
  const [now, low, high] = ["valuenow", "valuemin", "valuemax"].map((name) => thumb.getAttribute(`aria-${name}`))
    .map((value, i) => Number(value ?? [thumb.value, thumb.min, thumb.max][i]));
  return now - low < (high - low) / 2;
}"""


class Figures(NamedTuple):
    """The results of one app for one lesson in one round."""

    latency: float  # ms
    rate: float  # pictures per second
    sent: float  # bytes for one step


@contextmanager
def twin(lesson: str) -> Iterator[str]:
    """Run the Dash twin of a lesson, and yield its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.dash_twin", lesson, str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 120
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"the Dash twin of {lesson} did not start")
            time.sleep(0.2)
        urllib.request.urlopen(f"http://127.0.0.1:{port}").close()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def measure(browser: Browser, url: str, key: str) -> Figures:
    """Measure an app: press keys on the slider, then drag it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    received: list[int] = []
    page.on("websocket", lambda ws: ws.on("framereceived", lambda frame: received.append(len(frame))))
    answered: list[Request] = []
    page.on(
        "requestfinished", lambda request: answered.append(request)
    )  # a lambda, because Playwright sets attributes on it
    page.goto(url)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
    page.wait_for_timeout(1500)
    page.evaluate(INSTRUMENT)
    thumb = page.locator(f".st-key-{key}").locator("input[type=range], [role=slider]").first
    thumb.focus()
    inward, back = ("ArrowRight", "ArrowLeft") if thumb.evaluate(IS_LOW) else ("ArrowLeft", "ArrowRight")
    page.keyboard.press(inward)  # the first move reveals what an open guess hides
    page.wait_for_timeout(1500)
    latencies, sizes = [], []
    for press in range(PRESSES):
        received.clear()
        answered.clear()
        before = page.evaluate("window.pictures.length")
        page.keyboard.press(inward if press % 2 else back)
        page.wait_for_function("n => window.pictures.length > n", arg=before, timeout=10_000)
        latencies.append(page.evaluate("n => window.pictures[n] - window.pressed", before))
        page.wait_for_timeout(500)
        sizes.append(sum(received) + sum(request.sizes()["responseBodySize"] for request in answered))
    rate = drag(page, thumb)
    context.close()
    return Figures(median(latencies), rate, median(sizes))


def drag(page: Page, thumb: Locator) -> float:
    """Return distinct pictures per second while the thumb is dragged back and forth."""
    x, y = thumb.evaluate("""node => {
      const box = (node.tagName === 'INPUT' ? node.parentElement : node).getBoundingClientRect();
      return [box.x + box.width / 2, box.y + box.height / 2];
    }""")
    page.mouse.move(x, y)
    page.mouse.down()
    before = page.evaluate("window.pictures.length")
    start, step = time.monotonic(), 0
    while (spent := time.monotonic() - start) < DRAG_SECONDS:
        step += 1
        page.mouse.move(x + 60 - abs(step * 2 % 240 - 120), y)
        page.wait_for_timeout(16)
    count = page.evaluate("window.pictures.length") - before
    page.mouse.up()
    return count / spent


def compare(browser: Browser, course_address: str, lesson: str, rounds: int) -> dict[str, Any]:
    """Measure a lesson and its twin in turns, and return the medians of the ratios and of what was measured."""
    key = finest_slider(first_picture(lesson)).key
    with twin(lesson) as twin_address:
        pairs = [
            (measure(browser, f"{course_address}/{lesson}", key), measure(browser, twin_address, key))
            for _ in range(rounds)
        ]
    return {
        "lesson": lesson,
        "latency_ratio": median(course.latency / dash.latency for course, dash in pairs),
        "rate_ratio": median(course.rate / dash.rate for course, dash in pairs),
        "latency_ms": median(course.latency for course, _ in pairs),
        "dash_latency_ms": median(dash.latency for _, dash in pairs),
        "rate": median(course.rate for course, _ in pairs),
        "dash_rate": median(dash.rate for _, dash in pairs),
        "bytes": median(course.sent for course, _ in pairs),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lessons", nargs="*", default=MEASURED, help="lessons to measure; all by default")
    parser.add_argument("--rounds", type=int, default=3, help="how often to measure each lesson and its twin")
    parser.add_argument("--json", action="store_true", help="print one JSON object per lesson")
    options = parser.parse_args()
    unknown = sorted(set(options.lessons) - set(MEASURED))
    if unknown:
        parser.error(f"no such lesson to measure: {', '.join(unknown)}; there are {', '.join(MEASURED)}")
    if BROWSER is None:
        parser.exit(1, "no Chromium on this machine: install it, or set CHROMIUM to where it is\n")
    if not options.json:
        print(f"ratios to Dash; wanted: key to picture {TARGETS['latency']}, pictures {TARGETS['rate']}")
        print(f"{'lesson':24}{'key to picture':>24}{'pictures per second':>24}{'bytes per step':>16}")
    with sync_playwright() as playwright, course() as address:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        for lesson in options.lessons:
            row = compare(browser, address, lesson, options.rounds)
            print(json.dumps(row) if options.json else line_of(row), flush=True)
        browser.close()


def line_of(row: dict[str, Any]) -> str:
    """Return a row as a line of the printed table."""
    latency = f"{row['latency_ratio']:.2f} ({row['latency_ms']:.0f} / {row['dash_latency_ms']:.0f} ms)"
    rate = f"{row['rate_ratio']:.2f} ({row['rate']:.1f} / {row['dash_rate']:.1f})"
    return f"{row['lesson']:24}{latency:>24}{rate:>24}{row['bytes']:>16,.0f}"


if __name__ == "__main__":
    main()
