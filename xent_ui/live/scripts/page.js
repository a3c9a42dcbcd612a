// What the scripts need to know of the page around them.

// The address of something that the course serves, given relative to its base.
export const base = (path) => new URL(path, document.baseURI).href;

// A caption as it is read aloud, without its marks of emphasis and code.
export const plain = (sentence) => sentence.replaceAll("**", "").replaceAll("`", "");

// Wait until the browser has painted what was drawn; in a background tab, which it does not paint, do not wait.
export const frame = () => new Promise((seen) => {
  if (document.hidden) seen();
  else requestAnimationFrame(seen);
});

// Whether the page has a dark background. Streamlit does not always tell the server.
export function isDark() {
  const color = getComputedStyle(document.querySelector(".stApp") ?? document.body).backgroundColor;
  const [red, green, blue, opacity = 1] = color.match(/[\d.]+/g)?.map(Number) ?? [255, 255, 255];
  return opacity > 0 && 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

// Whether the server has run the page to its end, and nothing else is asked of it.
export const isIdle = () => document.querySelector(".stApp")?.dataset.testScriptState === "notRunning";

const STANDS = 6000; // ms after which what was said is removed, so that nobody who reads on finds it twice
const ends = new WeakMap(); // from a live region to the timer that empties it

// Let a screen reader say words, for which the element is a live region.
export function say(element, words) {
  clearTimeout(ends.get(element));
  element.textContent = words;
  ends.set(element, setTimeout(() => { element.textContent = ""; }, STANDS));
}

const LONGEST = 5000; // ms to wait for a page to come to rest

const isAtRest = () => {
  const stages = [...document.querySelectorAll(".xent-stage")];
  const isRunning = document.querySelector(".stApp")?.dataset.testScriptState === "running";
  return !isRunning && !document.querySelector(".xent-cover") && stages.every((stage) => stage.dataset.turn);
};

// Wait until all pictures are drawn and the page has the state that they show.
export async function rest() {
  const end = performance.now() + LONGEST;
  while (!isAtRest() && performance.now() < end) await new Promise((passed) => setTimeout(passed, 50));
}

// What stands in place of a picture if plotly.js did not load.
export const NO_PICTURE = "The picture did not arrive. Reload the page to try again.";

let plotly;

// Load plotly.js once for all pictures; after a failure the next call tries again.
export function loadPlotly(address) {
  plotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = base(address);
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      plotly = undefined;
      script.remove();
      reject(new Error(`${script.src} did not load`));
    };
    document.head.append(script);
  });
  return plotly;
}
