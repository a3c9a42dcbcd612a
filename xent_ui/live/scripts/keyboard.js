// Keys for a page with questions: each key presses a button or follows a link of the page, and after each step the focus
// goes to where the next step begins. Otherwise it would be lost with the button that was pressed.

const hands = new WeakMap(); // by component: what its keys do, and its listener

export function render({ parentElement, data }) {
  let hand = hands.get(parentElement);
  if (!hand) {
    hand = { data };
    hand.listen = (event) => press(event, hand.data);
    document.addEventListener("keydown", hand.listen);
    hands.set(parentElement, hand);
  }
  const moved = hand.data.step !== data.step;
  hand.data = data;
  drawHint(parentElement.querySelector(".xent-keys"), data.hint);
  if (moved) follow(hand, data);
}

export function close(parentElement) {
  const hand = hands.get(parentElement);
  if (hand) document.removeEventListener("keydown", hand.listen);
  hands.delete(parentElement);
}

const TYPING = "input:not([type=radio], [type=checkbox], [type=range]), textarea, select, [contenteditable=true]";
const ELSEWHERE = `${TYPING}, [role=textbox], [role=combobox], [role=listbox], [role=menu], [role=dialog]`;
const OWN_ARROWS = "input, [role=slider], [role=radiogroup], [role=tablist], [data-arrows]";
const OWN_ENTER = "a, button, input, summary, [role=button], [role=tab]";

// Whether an element with the focus does something of its own with a key.
function isTaken(element, key) {
  if (element.closest(ELSEWHERE)) return true;
  if (key.startsWith("Arrow")) return Boolean(element.closest(OWN_ARROWS));
  return (key === "Enter" || key === " ") && Boolean(element.closest(OWN_ENTER));
}

function press(event, { keys }) {
  const selector = keys[event.key];
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  // A key that is held down must not answer the next question.
  if (!selector || !isPlain || event.repeat || event.isComposing || event.defaultPrevented) return;
  if (isTaken(event.target, event.key)) return;
  const wanted = document.querySelector(selector);
  if (!wanted || wanted.disabled) return;
  event.preventDefault();
  wanted.click();
}

// Give the focus to the place of the next step as soon as it is drawn, unless the hand has gone elsewhere on the page.
function follow(hand, { region, focus }) {
  const end = performance.now() + 1500;
  const look = () => {
    const now = document.activeElement ?? document.body;
    const isHere = now === document.body || now.closest(region);
    if (!isHere || hand.data.focus !== focus || performance.now() > end) return;
    const wanted = document.querySelector(focus);
    if (wanted && now !== wanted && !(hand.given === wanted && now !== document.body)) {
      if (!wanted.matches(OWN_ENTER)) wanted.tabIndex = -1;
      wanted.focus({ preventScroll: true });
      document.querySelector(region)?.scrollIntoView({ block: "nearest" });
      hand.given = wanted;
    }
    requestAnimationFrame(look);
  };
  look();
}

function drawHint(line, hint) {
  const parts = hint.flatMap(([keys, does]) => [
    ...keys.flatMap((key) => [Object.assign(document.createElement("kbd"), { textContent: key }), " "]),
    `${does} `,
  ]);
  line.replaceChildren(...parts);
}
