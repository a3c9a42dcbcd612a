// The list of questions. Each question is a link to its own address; a click opens it within the session. The list is one
// stop of the Tab key, and the arrow keys go to the question before or after.

import { typeset } from "./formula.js";
import { base } from "./page.js";

const lists = new WeakMap(); // by component: the links, by question, and what the list was made from

export function render({ parentElement, data }) {
  const nav = parentElement.querySelector(".xent-questions");
  const from = JSON.stringify(data.questions);
  let list = lists.get(parentElement);
  if (list?.from !== from) {
    list = { from, links: new Map(data.questions.map((each) => [each.id, linkTo(each, data.katex)])) };
    lists.set(parentElement, list);
    nav.querySelector("ol").replaceChildren(...[...list.links.values()].map((link) => {
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
    nav.querySelector("ol").onkeydown = (event) => {
      const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      event.preventDefault();
      open(neighbor(list, step));
    };
  }
  choose(nav, list, data.chosen);
}

export function close() {}

function linkTo({ id, asks }, katex) {
  const link = document.createElement("a");
  link.href = address(id, base(location.pathname));
  link.append(...asks.split("$").map((part, place) => (place % 2 ? formula(part, katex) : part)));
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return; // a new tab or window
    event.preventDefault();
    open(id);
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

function address(id, from) {
  const url = new URL(from);
  url.searchParams.set("question", id);
  return url.href;
}

// Open a question at once in the address; the page follows, as it does after Back.
function open(id) {
  window.history.pushState({}, "", address(id, location.href));
  window.dispatchEvent(new PopStateEvent("popstate"));
}

function neighbor({ links, chosen }, step) {
  const ids = [...links.keys()];
  const asked = new URL(location).searchParams.get("question"); // ahead of the page when keys come fast
  return ids.at((ids.indexOf(links.has(asked) ? asked : chosen) + step) % ids.length);
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
  nav.querySelector(".xent-previous").onclick = () => open(neighbor(list, -1));
  nav.querySelector(".xent-next").onclick = () => open(neighbor(list, 1));
  const link = list.links.get(chosen);
  if (hadFocus) link?.focus({ preventScroll: true });
  const box = nav.querySelector("ol");
  const top = link ? link.offsetTop - box.offsetTop : 0;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (link && top + link.offsetHeight > box.scrollTop + box.clientHeight) {
    box.scrollTop = top + link.offsetHeight - box.clientHeight;
  }
}
