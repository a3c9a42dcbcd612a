"""Play in the training lab as a learner would, and measure pictures per second and the memory of the server.

    .venv/bin/python -m benchmarks.playing --minutes 10

There is one fresh server and one page. Each run that ends is started again, every third time on other data. The first
minute warms up the server; growth of its memory is counted from then on. This needs Linux, because it reads /proc.
"""

import argparse
import os
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import BROWSER, FLAGS
from tests.browser.hands import open_page
from tests.browser.servers import course

FRAMES = """() => {
  window.frames = { pictures: 0 };
  const stage = document.querySelector('.xent-stage');
  new MutationObserver(() => { window.frames.pictures += 1; }).observe(stage, { attributeFilter: ['data-turn'] });
}"""


def children() -> set[int]:
    """Return the ids of the Streamlit servers that this process has started."""
    servers = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_text().split("\0")
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            continue
        if parent == os.getpid() and "streamlit" in words:
            servers.add(int(folder.name))
    return servers


def resident(pid: int) -> float:
    """Return the resident memory of a process, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def pictures(page: Page) -> int:
    return page.evaluate("window.frames.pictures")


def play(page: Page, pid: int, minutes: float) -> None:
    """Play for the given time, and print the results once per minute."""
    begun = time.monotonic()
    before, drawn_before, rounds, warm = begun, 0, 0, None
    button = page.locator("[data-does=play]").first
    while (now := time.monotonic()) - begun < 60 * minutes:
        if button.inner_text() == "Play":
            rounds += 1
            if rounds % 3 == 0:
                page.get_by_role("button", name="The data").click()
                page.locator(".st-key-seed input[type=range]").press("ArrowRight")
                page.keyboard.press("Escape")
                page.wait_for_timeout(1000)
            button.click()
        page.wait_for_timeout(500)
        if now - before >= 60 or (minutes < 1 and now - before >= 60 * minutes - 2):
            drawn, memory = pictures(page), resident(pid)
            warm = memory if warm is None else warm
            print(
                f"{(now - begun) / 60:5.1f} min  {(drawn - drawn_before) / (now - before):5.1f} pictures per second  "
                f"server {memory:6.1f} MB, {memory - warm:+.1f} since the first minute",
                flush=True,
            )
            before, drawn_before = now, drawn


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10)
    minutes = parser.parse_args().minutes
    with course() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        open_page(page, f"{address}/training_lab?speed=1")
        page.evaluate(FRAMES)
        play(page, children().pop(), minutes)
        browser.close()


if __name__ == "__main__":
    main()
