// What the browser keeps of a learner's work, in localStorage: the counterpart of record.py, which says how two records
// are joined. Other tabs write the same record, so each write is a join with what is there, and a tab whose record was
// overwritten joins it again.

const KEY = `xent-lab 1 ${new URL("../../", import.meta.url).pathname}`; // two courses on one host have different paths
const NAME = /^[A-Za-z0-9_./?:-]{1,100}$/;
const LONGEST = 1_000_000; // characters; a longer record is not ours
const MOST = 2000; // marks, and as many names

const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isValue = (given) =>
  Array.isArray(given) && given.length === 3 && given.slice(0, 2).every(isCount) && typeof given[2] === "string";
const empty = (epoch = 0) => ({ epoch, marks: new Set(), values: new Map() });

// A record made from what was stored or sent, without what cannot be right.
function understood(given) {
  if (!isCount(given?.epoch) || !Array.isArray(given.marks) || given.marks.length > MOST) return empty();
  const values = Object.entries(given.values ?? {}).filter(([name, value]) => NAME.test(name) && isValue(value));
  return {
    epoch: given.epoch,
    marks: new Set(given.marks.filter((mark) => typeof mark === "string" && NAME.test(mark))),
    values: new Map(values.slice(0, MOST)),
  };
}

const isNewer = ([changes, at], than) => !than || changes > than[0] || (changes === than[0] && at > than[1]);

function join(one, other) {
  if (one.epoch !== other.epoch) return one.epoch > other.epoch ? one : other;
  const values = new Map(one.values);
  for (const [name, value] of other.values) if (isNewer(value, values.get(name))) values.set(name, value);
  return { epoch: one.epoch, marks: new Set([...one.marks, ...other.marks]), values };
}

const plain = ({ epoch, marks, values }) => ({
  epoch,
  marks: [...marks].sort(),
  values: Object.fromEntries([...values].sort(([one], [other]) => (one < other ? -1 : 1))),
});

// --- localStorage, which may be forbidden or full --------------------------------------------------------------------

let works = true; // whether this browser keeps what it is told

function stored() {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    works = false;
    return null;
  }
}

function store(text) {
  try {
    window.localStorage.setItem(KEY, text);
    works = true;
  } catch {
    works = false;
  }
}

function read(text) {
  try {
    return text && text.length <= LONGEST ? understood(JSON.parse(text)) : empty();
  } catch {
    return empty();
  }
}

function probe() {
  try {
    window.localStorage.setItem(`${KEY} probe`, "1");
    window.localStorage.removeItem(`${KEY} probe`);
  } catch {
    works = false;
  }
}

// --- this tab --------------------------------------------------------------------------------------------------------

let known = read(stored()); // what this tab has seen
let knows = empty(); // what its session knows
let session; // identifies the session
let opened = known.epoch; // the epoch when the session began
let tell; // reports to the session
let teller; // the element of the component that can report
let keptToSession = true; // whether the session believes that this browser keeps what it is told
probe();

function joinStored() {
  const text = stored();
  known = join(known, read(text));
  const mine = JSON.stringify(plain(known));
  const isEmpty = !known.epoch && !known.marks.size && !known.values.size;
  if (mine !== text && !(isEmpty && text === null)) store(mine);
}

// Keep what the session tells. A session that has not heard of an epoch speaks of the one in which it began.
export function keep(message) {
  if (!message) return;
  const told = understood({ ...message, epoch: message.epoch ?? opened });
  known = join(known, told);
  knows = join(knows, told);
  joinStored();
}

// Tell the session what it does not know. This costs a run of the page, so it is done only if there is something.
function report() {
  const all = known.epoch > knows.epoch;
  const marks = [...known.marks].filter((mark) => all || !knows.marks.has(mark));
  const values = [...known.values].filter(([name, value]) => all || isNewer(value, knows.values.get(name)));
  if (!tell || !(all || marks.length || values.length || works !== keptToSession)) return;
  knows = known;
  keptToSession = works;
  tell("report", { epoch: known.epoch, opened, marks, values: Object.fromEntries(values), kept: works });
}

window.addEventListener("storage", ({ key, newValue }) => {
  if (key !== KEY || newValue === null) return;
  joinStored();
  if (!document.hidden) report();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  joinStored(); // a browser may suspend hidden tabs and skip their events
  report();
});

export function render({ parentElement, data, setTriggerValue }) {
  if (data.news !== undefined) {
    keep(data.news);
    return;
  }
  [tell, teller] = [setTriggerValue, parentElement];
  joinStored();
  if (session !== data.session) {
    [session, opened, knows] = [data.session, known.epoch, empty(known.epoch)];
  }
  keptToSession = data.kept;
  keep(data);
  const versions = new Map(Object.entries(data.versions).map(([name, version]) => [name, [...version, ""]]));
  knows = join(knows, { epoch: knows.epoch, marks: knows.marks, values: versions });
  report();
}

export function close(parentElement) {
  if (teller === parentElement) [tell, teller] = [undefined, undefined];
}
