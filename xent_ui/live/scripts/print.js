// The button "Print": it prints the page once its pictures are drawn and stand still.

const LONGEST = 5000; // ms to wait for them; what stands there then is printed

const isAtRest = () => {
  const stages = [...document.querySelectorAll(".xent-stage")];
  const isRunning = document.querySelector(".stApp")?.dataset.testScriptState === "running";
  return !isRunning && !document.querySelector(".xent-cover") && stages.every((stage) => stage.dataset.turn);
};

export function render({ parentElement }) {
  parentElement.querySelector(".xent-print").onclick = async () => {
    const end = performance.now() + LONGEST;
    await document.fonts.ready;
    while (!isAtRest() && performance.now() < end) await new Promise((passed) => setTimeout(passed, 50));
    window.print();
  };
}

export function close() {}
