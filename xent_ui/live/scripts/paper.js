// A picture on paper: light and wide, whatever the screen shows, in the size to which print.css gives room.

import { isDark } from "./page.js";

const SIZES = { "": { width: 613, height: 403 }, tall: { width: 613, height: 475 } };

export class Paper {
  constructor(picture) {
    this.picture = picture;
    this.lies = false; // whether the stage shows the picture for paper now
  }

  // Draw the picture for paper, at once: the browser prints what stands on the page when this returns.
  lay() {
    const { stage, data, shown, covers } = this.picture;
    if (!data || !stage.layout || !window.Plotly || this.lies) return;
    const figure = this.figure();
    this.lies = true;
    if (shown.preview) covers.showNow(shown, data);
    const paper = figure === null ? { ...shown.figure, ...this.onItsBackground() } : figure;
    Plotly.react(stage, paper.data, { ...paper.layout, ...SIZES[data.size] }, { staticPlot: true });
  }

  // Show on the screen again what it showed before, or what has come since.
  take() {
    if (!this.lies) return;
    this.lies = false;
    const { data, shown, covers } = this.picture;
    if (shown.preview) covers.show(shown, data);
    this.picture.again();
  }

  // The light, wide figure of what the picture shows; null if the server cannot be reached. It is asked for only now,
  // so no other visit needs a second figure, and it cannot be older than the picture. The answer has to be waited for,
  // because the browser waits for nobody.
  figure() {
    const { data, shown } = this.picture;
    if (!data.dark && !data.narrow && !isDark() && !this.picture.isNarrow()) return shown.figure;
    if (!data.view) return data.paper ?? null;
    const asking = new XMLHttpRequest();
    asking.open("GET", this.picture.address(shown.preview, {}), false);
    try {
      asking.send();
      return asking.status === 200 ? JSON.parse(asking.responseText).figure : null;
    } catch {
      return null;
    }
  }

  // A picture for a dark screen cannot be read on white.
  onItsBackground() {
    const page = getComputedStyle(document.querySelector(".stApp") ?? document.body).backgroundColor;
    const { layout } = this.picture.shown.figure;
    return { layout: { ...layout, paper_bgcolor: page } };
  }
}
