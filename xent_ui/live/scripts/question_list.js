// The list of questions. Each question is a link to its own address; a click opens it within the session, which writes
// its address. The list is one stop of the Tab key, and the arrow keys go to the question before or after.
//
// The question that was chosen last is marked at once, before the page shows it, so that keys may come fast.

import { typeset } from "./formula.js";
import { base } from "./page.js";

const lists = new WeakMap(); // by component: the links, by question, and what the list was made from

export function render({ parentElement, data, setTriggerValue }) {
  const nav = parentElement.querySelector(".xent-questions");
  const from = JSON.stringify(data.questions);
  let list = lists.get(parentElement);
  if (list?.from !== from) {
    window.removeEventListener("popstate", list?.goBack);
    const made = { from };
    made.goBack = () => (made.wanted = undefined);
    made.open = (id) => {
      made.wanted = id;
      choose(nav, made, id);
      made.tell("wanted", id);
    };
    made.links = new Map(data.questions.map((each) => [each.id, linkTo(each, made, data)]));
    list = made;
    lists.set(parentElement, list);
    window.addEventListener("popstate", list.goBack);
    nav.querySelector("ol").replaceChildren(...[...list.links.values()].map((link) => {
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
    nav.querySelector("ol").onkeydown = (event) => {
      const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      event.preventDefault();
      made.open(neighbor(made, step));
    };
  }
  list.tell = setTriggerValue;
  if (list.wanted === data.chosen) list.wanted = undefined;
  choose(nav, list, list.wanted ?? data.chosen);
}

export function close(parentElement) {
  window.removeEventListener("popstate", lists.get(parentElement)?.goBack);
  lists.delete(parentElement);
}

function linkTo({ id, asks }, list, { parameter, katex }) {
  const link = document.createElement("a");
  link.href = `${base(location.pathname)}?${new URLSearchParams({ [parameter]: id })}`;
  link.append(...asks.split("$").map((part, place) => (place % 2 ? formula(part, katex) : part)));
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return; // a new tab or window
    event.preventDefault();
    list.open(id);
  };
  return link;
}

// A formula within a question; as it was written, until or unless it can be typeset.
function formula(tex, katex) {
  const place = document.createElement("span");
  place.textContent = tex;
  if (katex) typeset(tex, base(katex), "math-inline").then((nodes) => place.replaceChildren(...nodes), () => {});
  return place;
}

function neighbor({ links, chosen }, step) {
  const ids = [...links.keys()];
  return ids.at((ids.indexOf(chosen) + step) % ids.length);
}

function choose(nav, list, chosen) {
  list.chosen = chosen;
  const hadFocus = nav.querySelector("ol").contains(document.activeElement);
  for (const [id, link] of list.links) {
    link.tabIndex = id === chosen ? 0 : -1;
    if (id === chosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const place = [...list.links.keys()].indexOf(chosen) + 1;
  nav.querySelector("output").textContent = `Question ${place} of ${list.links.size}`;
  nav.querySelector(".xent-previous").onclick = () => list.open(neighbor(list, -1));
  nav.querySelector(".xent-next").onclick = () => list.open(neighbor(list, 1));
  const link = list.links.get(chosen);
  if (hadFocus) link?.focus({ preventScroll: true });
  const box = nav.querySelector("ol");
  const top = link ? link.offsetTop - box.offsetTop : 0;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (link && top + link.offsetHeight > box.scrollTop + box.clientHeight) {
    box.scrollTop = top + link.offsetHeight - box.clientHeight;
  }
}
