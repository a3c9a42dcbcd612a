"""Make docs/drag.gif, the animation in the README: a drag in the lesson on cross-entropy, recorded in Chromium.

.venv/bin/python -m docs.make_drag_picture
"""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import BROWSER, FLAGS
from tests.browser.hands import open_page, settle, thumb_place
from tests.browser.servers import course

TARGET = Path(__file__).with_name("drag.gif")
FRAME_MS, COLORS, WIDTH = 80, 64, 900


def frame(page: Page) -> Image.Image:
    """Return a screenshot of the page, scaled down."""
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return shot.resize((WIDTH, round(shot.height * WIDTH / shot.width)), Image.Resampling.LANCZOS)


def main() -> None:
    """Record a drag and save it."""
    with sync_playwright() as playwright, course() as address:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 760})
        open_page(page, f"{address}/cross_entropy?q1=50&q2=50&shown=1&embed=true")
        x, y = thumb_place(page, "q1")
        page.evaluate("window.scrollTo(0, 0)")
        settle(page)
        frames = [frame(page)] * 6
        x, y = thumb_place(page, "q1")
        page.mouse.move(x, y)
        page.mouse.down()
        way = [*range(0, -90, -5), *range(-90, 105, 5), *range(105, 0, -5)]
        for offset in way:
            page.mouse.move(x + offset, y)
            page.wait_for_timeout(90)
            frames.append(frame(page))
        page.mouse.up()
        browser.close()
    palette = frames[len(frames) // 3].quantize(COLORS)
    drawn = [each.quantize(palette=palette, dither=Image.Dither.NONE) for each in frames]
    drawn[0].save(TARGET, save_all=True, append_images=drawn[1:], duration=FRAME_MS, loop=0, optimize=True)
    print(f"{TARGET.name}: {len(drawn)} frames, {TARGET.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main()
