/* The values, their boxes and the findings; which of them is selected, and the card that tells of it. */
const one = (query, root = document) => root.querySelector(query);
const all = (query, root = document) => [...root.querySelectorAll(query)];
const root = document.documentElement;
const pages = one("#pages");
const items = all(".values button");
const findings = all(".findings button");
const boxes = new Map();
for (const box of all("rect.v")) {
  for (const number of box.dataset.v.split(" ")) {
    if (!boxes.has(number)) boxes.set(number, []);
    boxes.get(number).push(box);
  }
}
/* The value that a click on a box means: the next one where several share it, else the first. */
const valueOf = (box) => {
  const numbers = box.dataset.v.split(" ");
  return numbers[(numbers.indexOf(current ? current.dataset.v : "") + 1) % numbers.length];
};
const itemOf = (number) => document.getElementById("v" + number);
let current = null;

function reveal(element, block) {
  if (element) element.scrollIntoView({ block, inline: "nearest" });
}

/* Opens the groups around an element of the list. */
function unfold(element) {
  for (let group = element.closest("details"); group; group = group.parentElement.closest("details")) group.open = true;
}

function clear() {
  for (const element of all(".on")) element.classList.remove("on");
  for (const element of all("[aria-current]")) element.removeAttribute("aria-current");
  one("#card").hidden = true;
  current = null;
}

function mark(element) {
  element.setAttribute("aria-current", "true");
  unfold(element);
  reveal(element, "nearest");
}

/* The tab stop of a page is the box that was last used. */
function stop(box) {
  for (const other of all('rect.v[tabindex="0"]', box.ownerSVGElement)) other.setAttribute("tabindex", "-1");
  box.setAttribute("tabindex", "0");
}

/* Selects a value. `focus` names where the focus goes: "page", "list", or nowhere. */
function select(number, focus) {
  const item = itemOf(number);
  if (!item) return;
  clear();
  current = item;
  mark(item);
  const here = boxes.get(String(number)) || [];
  for (const box of here) box.classList.add("on");
  if (here.length) {
    reveal(here[0], "center");
    stop(here[0]);
  }
  if (focus === "page" && here.length) here[0].focus({ preventScroll: true });
  if (focus === "list") item.focus({ preventScroll: true });
  show(item);
  history.replaceState(null, "", "#v" + number);
}

/* Selects a finding, a warning or a page's notice: shows its frames and the values that it is about. */
function selectFinding(button) {
  clear();
  current = button;
  mark(button);
  const { f, w, p, g, v } = button.dataset;
  const frames = f !== undefined ? all('rect[data-f="' + f + '"]') : w !== undefined ? all('rect[data-w="' + w + '"]') : [];
  const numbers = (v || "").split(" ").filter(Boolean);
  for (const frame of frames) frame.classList.add("on");
  for (const number of numbers) for (const box of boxes.get(number) || []) box.classList.add("on");
  const about = numbers.length ? (boxes.get(numbers[0]) || [])[0] : null;
  if (frames.length) reveal(frames[0], "center");
  else if (p) reveal(document.getElementById("p" + p), "start");
  else if (g) unfoldGroup(g);
  if (about) {
    stop(about);
    about.focus({ preventScroll: true });
  } else if (frames.length) {
    frames[0].closest(".page").focus({ preventScroll: true });
  }
  if (f !== undefined) history.replaceState(null, "", "#f" + f);
}

function unfoldGroup(id) {
  const group = document.getElementById("g-" + id);
  if (!group) return;
  group.open = true;
  unfold(group);
  reveal(group, "start");
}

function put(id, text) {
  document.getElementById(id).textContent = text;
}

/* The text of an element in the language shown. */
function words(element) {
  const copy = element.cloneNode(true);
  for (const other of all('.t:not([lang="' + root.dataset.lang + '"])', copy)) other.remove();
  return copy.textContent.trim();
}

function path(item) {
  const names = [];
  for (let group = item.closest(".g"); group; group = group.parentElement.closest(".g")) {
    names.unshift(words(one("summary", group)));
  }
  return names.join(" › ");
}

/* Tells of a value in the card. */
function show(item) {
  const read = one(".r", item);
  const here = boxes.get(item.dataset.v) || [];
  const rungs = item.dataset.d.split(" ").filter(Boolean);
  put("card-path", path(item));
  put("card-name", words(one(".n", item)));
  put("card-text", one(".x", item).textContent);
  put("card-read", read ? read.textContent.replace("= ", "") : "—");
  put("card-place", here.map(place).join("; ") || "—");
  put("card-rungs", rungs.map((name) => name + ": " + words(one('[data-rung="' + name + '"]'))).join("; ") || "—");
  const list = one("#card-findings");
  list.replaceChildren();
  for (const finding of findings) {
    if (!(" " + finding.dataset.v + " ").includes(" " + item.dataset.v + " ")) continue;
    const entry = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words(finding);
    button.addEventListener("click", () => selectFinding(finding));
    entry.append(button);
    list.append(entry);
  }
  one("#card").hidden = false;
}

function place(box) {
  const page = box.closest(".page").id.slice(1);
  const number = (name) => Math.round(Number(box.getAttribute(name)));
  return "p." + page + " (" + number("x") + ", " + number("y") + ")";
}

document.addEventListener("click", (event) => {
  const box = event.target.closest("rect.v");
  if (box) return select(valueOf(box), "page");
  const button = event.target.closest("#list button");
  if (!button) return undefined;
  return button.matches(".values button") ? select(button.dataset.v) : selectFinding(button);
});

document.addEventListener("pointerover", (event) => {
  const box = event.target.closest && event.target.closest("rect.v");
  if (box && !current) show(itemOf(valueOf(box)));
});
document.addEventListener("pointerout", (event) => {
  if (!current && event.target.matches && event.target.matches("rect.v")) one("#card").hidden = true;
});

function follow() {
  const target = location.hash.slice(1);
  if (/^v\d+$/.test(target)) select(target.slice(1));
  if (/^f\d+$/.test(target)) {
    const finding = document.getElementById(target);
    if (finding) selectFinding(finding);
  }
}
addEventListener("hashchange", follow);
