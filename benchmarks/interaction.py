"""How fast a picture follows: the course beside a Dash twin that shows the very same figure.

Both are driven in one Chromium, in turns. Two figures a lesson, as ratios to Dash:

    key to picture   from the key press on a slider to the first changed picture painted (median)
    pictures         distinct pictures a second while a thumb is dragged for two seconds (median)

and the bytes that the server sends for one slider step, preview included. Run from the project's root:

    python -m benchmarks.interaction [--lessons surprise entropy] [--rounds 3]
"""

import argparse
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.browser.conftest import BROWSER, FLAGS
from tests.browser.servers import ROOT, course, free_port
from xent_ui.course.frame import LESSONS

PRESSES, DRAG_SECONDS = 10, 2.0
TARGETS = {"key to picture": "at most 1.3 × (1.4 × from part 2 on)", "pictures": "at least 1.1 × (1.0 ×)"}

# A picture counts when what it draws has changed, and when the browser has come to paint it.
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
      if (frame === window.frame) return; // two drawn for one frame are one picture
      window.frame = frame;
      window.pictures.push(performance.now());
    });
  });
  document.addEventListener('keydown', () => { window.pressed = performance.now(); }, { capture: true });
}"""


class Figures(NamedTuple):
    """What one app reached on one lesson in one round."""

    latency: float  # ms
    rate: float  # pictures a second
    sent: float  # bytes for one step


@contextmanager
def twin(lesson: str) -> Iterator[str]:
    """The Dash twin of a lesson, served."""
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
    """Press keys on the slider, then drag it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    received: list[int] = []
    page.on("websocket", lambda ws: ws.on("framereceived", lambda frame: received.append(len(frame))))
    answered: list[Request] = []
    page.on("requestfinished", lambda request: answered.append(request))  # no bare method: Playwright marks it
    page.goto(url)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
    page.wait_for_timeout(1500)
    page.evaluate(INSTRUMENT)
    thumb = page.locator(f".st-key-{key}").locator("input[type=range], [role=slider]").first
    thumb.focus()
    page.keyboard.press("ArrowLeft")  # the first move lifts the veil of a prediction
    page.wait_for_timeout(1500)
    latencies, sizes = [], []
    for press in range(PRESSES):
        received.clear()
        answered.clear()
        before = page.evaluate("window.pictures.length")
        page.keyboard.press("ArrowRight" if press % 2 else "ArrowLeft")
        page.wait_for_function("n => window.pictures.length > n", arg=before, timeout=10_000)
        latencies.append(page.evaluate("n => window.pictures[n] - window.pressed", before))
        page.wait_for_timeout(500)
        sizes.append(sum(received) + sum(request.sizes()["responseBodySize"] for request in answered))
    rate = drag(page, thumb)
    context.close()
    return Figures(median(latencies), rate, median(sizes))


def drag(page: Page, thumb) -> float:
    """Distinct pictures a second while the thumb is dragged to and fro."""
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lessons", nargs="*", default=[lesson.file for lesson in LESSONS])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if BROWSER is None:
        print("no Chromium on this machine: install it, or set CHROMIUM to where it is")
        return
    print(f"ratios to Dash; wanted: key to picture {TARGETS['key to picture']}, pictures {TARGETS['pictures']}")
    print(f"{'lesson':24}{'key to picture':>24}{'pictures a second':>24}{'bytes a step':>16}")
    with sync_playwright() as playwright, course() as here:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        for lesson in options.lessons:
            key = subprocess.run(
                [
                    sys.executable,
                    "-c",
                    f"from benchmarks.dash_twin import FirstPicture\nprint(FirstPicture({lesson!r}).slider.key)",
                ],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
            ).stdout.split()[-1]
            with twin(lesson) as there:
                rounds = [
                    (measure(browser, f"{here}/{lesson}", key), measure(browser, there, key))
                    for _ in range(options.rounds)
                ]
            latency = median(ours.latency / dash.latency for ours, dash in rounds)
            rate = median(ours.rate / dash.rate for ours, dash in rounds)
            ours, dash = (
                [median(getattr(pair[side], name) for pair in rounds) for name in ("latency", "rate")]
                for side in (0, 1)
            )
            sent = median(ours.sent for ours, _ in rounds)
            print(
                f"{lesson:24}{f'{latency:.2f} ({ours[0]:.0f} / {dash[0]:.0f} ms)':>24}"
                f"{f'{rate:.2f} ({ours[1]:.1f} / {dash[1]:.1f})':>24}{sent:>16,.0f}",
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main()
