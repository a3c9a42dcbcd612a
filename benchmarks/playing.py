"""A learner who plays in the training lab: pictures a second, and what it costs the server in memory.

    .venv/bin/python -m benchmarks.playing --minutes 10

A fresh server, one Chromium, one page. Whenever a run has ended it is started again, every third time on other data.
The first minute warms the server up; growth is counted from there. Needs Linux, for /proc.
"""

import argparse
import os
import shutil
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.hands import open_page
from tests.browser.servers import course

FRAMES = """() => {
  window.frames = { pictures: 0 };
  const stage = document.querySelector('.xent-stage');
  new MutationObserver(() => { window.frames.pictures += 1; }).observe(stage, { attributeFilter: ['data-turn'] });
}"""


def children() -> set[int]:
    """Processes of this one that are servers of Streamlit."""
    mine = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_text().split("\0")
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            continue
        if parent == os.getpid() and "streamlit" in words:
            mine.add(int(folder.name))
    return mine


def resident(pid: int) -> float:
    """Memory a process holds, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def pictures(page: Page) -> int:
    return page.evaluate("window.frames.pictures")


def play(page: Page, pid: int, minutes: float) -> None:
    """Play that long, and print once a minute."""
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
                f"{(now - begun) / 60:5.1f} min  {(drawn - drawn_before) / (now - before):5.1f} pictures a second  "
                f"server {memory:6.1f} MB, {memory - warm:+.1f} since the first minute",
                flush=True,
            )
            before, drawn_before = now, drawn


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10)
    minutes = parser.parse_args().minutes
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with course() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        open_page(page, f"{address}/training_lab?speed=1")
        page.evaluate(FRAMES)
        play(page, children().pop(), minutes)
        browser.close()


if __name__ == "__main__":
    main()
