// A countdown beside a question. It only says when time is up; the learner can still answer.

const clocks = new WeakMap();

export function render({ parentElement, data }) {
  const timer = parentElement.querySelector(".xent-timer");
  if (timer.dataset.of === data.of) return; // the page ran again with the same question
  timer.dataset.of = data.of;
  clearInterval(clocks.get(parentElement));
  const end = performance.now() + 1000 * data.seconds;
  const show = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    timer.querySelector("b").style.width = `${(100 * left) / data.seconds}%`;
    const minutes = Math.floor(left / 60);
    const seconds = String(left % 60).padStart(2, "0");
    timer.querySelector("output").textContent =
      left ? `${minutes}:${seconds}` : "Time is up. Finish your sentence, then look.";
    if (!left) clearInterval(clocks.get(parentElement));
  };
  clocks.set(parentElement, setInterval(show, 1000));
  show();
}

export function close(parentElement) {
  clearInterval(clocks.get(parentElement));
}
