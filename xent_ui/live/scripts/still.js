// A picture as on paper: drawn once at a fixed size, without controls.

import { NO_PICTURE, loadPlotly } from "./page.js";

export async function render({ parentElement, data }) {
  const paper = parentElement.querySelector(".xent-still");
  paper.setAttribute("aria-label", data.name);
  paper.setAttribute("aria-description", data.description);
  const { width, height } = data;
  Object.assign(paper.style, { width: `${width}px`, height: `${height}px` });
  const Plotly = await loadPlotly(data.plotly).catch(() => null);
  if (!paper.isConnected) return;
  if (!Plotly) {
    paper.textContent = NO_PICTURE;
    return;
  }
  if (!paper.layout) paper.textContent = ""; // where a sentence said that no picture arrived
  await Plotly.react(paper, data.figure.data, { ...data.figure.layout, width, height }, { staticPlot: true });
}

export function close(parentElement) {
  const paper = parentElement.querySelector(".xent-still");
  if (paper) window.Plotly?.purge(paper);
}
