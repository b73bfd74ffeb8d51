/* The keyboard. */
const visible = (button) => !button.parentElement.hidden;

function step(list, by) {
  const shown = list.filter(visible);
  if (!shown.length) return null;
  const at = shown.indexOf(current);
  return shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(shown.length - 1, Math.max(0, at + by))];
}

function stepValue(by) {
  const next = step(items, by);
  if (next) select(next.dataset.v, "page");
}

function stepFinding(by) {
  const next = step(findings, by);
  if (next) selectFinding(next);
}

/* The page that fills the middle of the window. */
function stepPage(by) {
  const leaves = all(".page");
  const middle = innerHeight / 2;
  let at = leaves.findIndex((leaf) => leaf.getBoundingClientRect().bottom > middle);
  if (at < 0) at = leaves.length - 1;
  const leaf = leaves[Math.min(leaves.length - 1, Math.max(0, at + by))];
  if (!leaf) return;
  reveal(leaf, "start");
  leaf.focus({ preventScroll: true });
}

/* Up and down: the neighbour in the list, or the next box on the page as it is read. */
function stepNear(element, by) {
  if (element.matches("rect.v")) {
    const order = (box) => Number(box.getAttribute("y")) * 10000 + Number(box.getAttribute("x"));
    const near = all("rect.v:not(.dim)", element.ownerSVGElement).sort((a, b) => order(a) - order(b));
    const next = near[near.indexOf(element) + by];
    if (next) {
      select(valueOf(next));
      stop(next);
      next.focus({ preventScroll: true });
    }
    return;
  }
  const near = all("#list summary, #list li button").filter((one) => one.getClientRects().length);
  const next = near[near.indexOf(element) + by];
  if (next) next.focus();
}

function enter(element) {
  if (element.matches("rect.v")) {
    const chosen = current && element.dataset.v.split(" ").includes(current.dataset.v);
    select(chosen ? current.dataset.v : valueOf(element), chosen ? "list" : "page");
  } else select(element.dataset.v, "page");
}

const KEYS = {
  j: () => stepValue(1),
  k: () => stepValue(-1),
  n: () => stepFinding(1),
  p: () => stepFinding(-1),
  "/": () => field.focus(),
  "?": () => { one("#help").open = !one("#help").open; },
  ArrowLeft: () => stepPage(-1),
  ArrowRight: () => stepPage(1),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target;
  if (event.key === "Escape") {
    if (field.value) {
      field.value = "";
      search();
    }
    clear();
    return;
  }
  if (target.matches("input")) return;
  const near = target.closest("#list summary, #list li button, rect.v");
  if (near && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    stepNear(near, event.key === "ArrowDown" ? 1 : -1);
  } else if (target.matches("rect.v, .values button") && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    enter(target);
  } else if (Object.hasOwn(KEYS, event.key)) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

follow();
