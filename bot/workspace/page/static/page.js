// The server draws; this script swaps the parts that changed, posts forms without leaving the page, and looks after focus.
"use strict";

document.documentElement.classList.add("js");
const drawn = new Map(); // id of a live part (or of one message in it) → its HTML as the server last drew it
const resting = new Map(); // id of a log → the scroll position that the script gave it
let busy = 0, acts = 0, again = false, opener = null;

// --- swapping ------------------------------------------------------------------------------------------------------------------

function logs() {
  return [...document.querySelectorAll("[data-live=each]")];
}

function scrolls(box) { // on a small screen the whole page scrolls, not the log
  return getComputedStyle(box).overflowY === "auto" ? box : document.scrollingElement;
}

function nearEnd(log) {
  const box = scrolls(log);
  return box.scrollTop === resting.get(log.id) || box.scrollHeight - box.scrollTop - box.clientHeight < 120;
}

function toEnd(log) { // but not past the beginning of the newest message
  const last = [...log.querySelectorAll("article")].pop(), box = scrolls(log);
  if (box !== log && log.id !== { "": "log", "#beside": "beside-log" }[location.hash]) return;
  const top = last && last.getBoundingClientRect().top - (box === log ? log.getBoundingClientRect().top : 0) + box.scrollTop - 8;
  box.scrollTop = last && last.offsetHeight > box.clientHeight ? top : box.scrollHeight;
  resting.set(log.id, box.scrollTop);
}

function swapEach(old, fresh) { // the log: unchanged messages stay, and with them opened JSON and focus
  const kept = new Map([...old.children].map((child) => [child.id, child]));
  const children = [...fresh.children].map((child) => {
    const same = drawn.get(child.id) === child.outerHTML && kept.get(child.id);
    drawn.set(child.id, child.outerHTML);
    return same || child;
  });
  const stay = new Set(children);
  [...old.children].forEach((child) => stay.has(child) || child.remove());
  children.forEach((child, place) => old.children[place] === child || old.insertBefore(child, old.children[place] || null));
}

function swapPart(old, fresh) {
  if (drawn.get(old.id) === fresh.innerHTML) return;
  const focused = old.contains(document.activeElement) && document.activeElement;
  drawn.set(old.id, fresh.innerHTML);
  if (old.dataset.live === "each") swapEach(old, fresh);
  else old.replaceChildren(...fresh.childNodes);
  if (focused && !focused.isConnected) refocus(old, focused.id);
}

function refocus(part, id) {
  const next = (id && document.getElementById(id)) || part.querySelector("button:not([disabled]):not([hidden])");
  if (next) next.focus({ preventScroll: true });
}

function swap(page, { acted = false } = {}) {
  const atEnd = logs().filter(nearEnd);
  const before = modal();
  const parts = document.querySelectorAll(acted ? "[data-live], [data-told]" : "[data-live]");
  parts.forEach((old) => {
    const fresh = page.getElementById(old.id);
    if (fresh) swapPart(old, fresh);
  });
  atEnd.forEach(toEnd);
  if (modal() !== before) modalChanged(before);
  else if (acted && before?.querySelector("[role=alert]")) firstIn(before)?.focus(); // the same once more: else nothing would be heard
  if (acted) showInForm();
  makeOneStop();
}

function weeks() {
  return [...document.querySelectorAll(".week")];
}

function makeOneStop() { // Tab goes to one of the weeks, arrows from there to the others
  const all = weeks(), stop = all.find((week) => week === document.activeElement) || all.find((week) => week.matches(".now")) || all[0];
  all.forEach((week) => { week.tabIndex = week === stop ? 0 : -1; });
}

document.addEventListener("keydown", (event) => {
  const all = weeks(), from = all.indexOf(event.target);
  const to = from < 0 ? null : all[from + ({ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key] || NaN)];
  if (!to) return;
  event.preventDefault();
  to.focus();
  makeOneStop();
});

function note() { // remember what the server drew first
  document.querySelectorAll("[data-live]").forEach((part) => {
    drawn.set(part.id, part.innerHTML);
    if (part.dataset.live === "each") [...part.children].forEach((child) => drawn.set(child.id, child.outerHTML));
  });
}

async function show(response, acted) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const elsewhere = page.querySelector("main").querySelector("#log, #home")?.id !== document.querySelector("#log, #home")?.id;
  if (acted && response.redirected && elsewhere) location.assign(response.url);
  else swap(page, { acted });
}

async function refresh() {
  if (busy) { again = true; return; }
  busy += 1;
  const since = acts;
  try {
    const response = await fetch(location.href);
    if (response.ok && since === acts) await show(response, false); // else it was drawn before the last act
  } catch {
    tell(document.body.dataset.lost);
  } finally {
    busy -= 1;
  }
  if (again) { again = false; refresh(); }
}

// --- posting -------------------------------------------------------------------------------------------------------------------

async function post(form, button) {
  const body = new URLSearchParams(new FormData(form, button)); // read before anything is disabled
  form.setAttribute("aria-busy", "true");
  busy += 1;
  acts += 1;
  try {
    const response = await fetch(button?.getAttribute("formaction") || form.getAttribute("action"), { method: "POST", body });
    if (response.status === 403) { location.reload(); return; }
    if (response.ok && "clears" in form.dataset) form.reset();
    await show(response, true);
    if (response.ok) forget(form, button);
  } catch {
    tell(document.body.dataset.lost);
  } finally {
    busy -= 1;
    form.removeAttribute("aria-busy");
  }
  if (again) { again = false; refresh(); }
}

function tell(words) {
  const line = Object.assign(document.createElement("p"), { className: "notice", textContent: words });
  line.setAttribute("role", "alert");
  document.getElementById("notice").replaceChildren(line);
  drawn.set("notice", words);
  showInForm();
}

function showInForm() { // an open form would cover the notice
  const sheet = modal()?.querySelector(".sheet"), line = document.querySelector("#notice .notice");
  sheet?.querySelector(":scope > .notice")?.remove();
  if (!sheet || !line) return;
  sheet.prepend(line);
  drawn.set("notice", "");
  line.scrollIntoView({ block: "nearest" });
}

document.addEventListener("submit", (event) => {
  const form = event.target, button = event.submitter;
  if (form.method !== "post" || "leaves" in form.dataset) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy")) return;
  const sure = button?.dataset.confirm;
  if (sure) ask(document.getElementById(sure), () => post(form, button), button);
  else post(form, button);
});

// --- dialogs -------------------------------------------------------------------------------------------------------------------

function modal() {
  return document.querySelector("#modal dialog");
}

function modalChanged(before) {
  const now = modal();
  if (now) {
    if (!before) opener = document.activeElement?.id || opener;
    openModal(now);
  } else if (opener) {
    (document.getElementById(opener) || document.getElementById("composer") || document.getElementById("talk")).focus();
    opener = null;
  }
}

function openModal(dialog) {
  dialog.removeAttribute("open");
  dialog.showModal();
  dialog.addEventListener("cancel", (event) => { // Esc
    event.preventDefault();
    dialog.querySelector("[data-dismiss]").click();
  });
  dialog.querySelectorAll("form[data-keep]").forEach(restore);
  dialog.querySelectorAll("[data-most]").forEach(count); // before anything is scrolled to, because the count takes room
  (firstIn(dialog) || dialog.querySelector("h2")).focus();
  dialog.querySelector(".error")?.scrollIntoView({ block: "nearest" });
}

function firstIn(dialog) { // the error or notice, else the first field, unless it is a choice and there is text to read before it
  const seen = (sought) => [...dialog.querySelectorAll(sought)].find((one) => one.checkVisibility());
  const field = seen("textarea, select, .b-input :is(summary, input)");
  return seen("[aria-invalid]:not(fieldset, [data-objected]), fieldset[aria-invalid] :is(summary, input)") || seen("[role=alert]")
    || (field?.matches("textarea") || !seen(".b-quotation") ? field : null);
}

function ask(template, yes, button) {
  const dialog = document.getElementById("sure"), form = document.createElement("form"), footer = document.createElement("footer");
  form.method = "dialog";
  form.append(template.content.cloneNode(true), footer);
  form.querySelector("h2").id = "sure-title";
  const choices = [["", template.dataset.no], [template.dataset.style, template.dataset.yes]];
  footer.append(...choices.map(([style, words], place) => Object.assign(document.createElement("button"), {
    className: `button ${style}`, textContent: words, value: place ? "yes" : "no",
  })));
  dialog.replaceChildren(form);
  dialog.returnValue = "no";
  dialog.onclose = () => {
    if (button.isConnected) button.focus();
    if (dialog.returnValue === "yes") yes();
  };
  dialog.showModal();
}

document.addEventListener("keydown", (event) => { // Tab stays inside an open dialog
  const dialog = [...document.querySelectorAll("dialog:modal")].pop();
  if (event.key !== "Tab" || !dialog) return;
  const stops = [...dialog.querySelectorAll("button, input, select, textarea, a[href], summary, [tabindex='0']")]
    .filter((one) => !one.disabled && one.checkVisibility() && one.type !== "hidden");
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (document.activeElement === from) { event.preventDefault(); to.focus(); }
});

// --- drafts: typed and not sent; kept in this tab until they are sent or the page starts over -------------------------------------

const drafts = (() => { try { return window.sessionStorage; } catch { return null; } })(); // a browser may allow none

function typed(form) {
  return [...form.elements].filter((field) => field.name && !["hidden", "submit"].includes(field.type));
}

function contents(form) {
  return JSON.stringify(typed(form).map((field) => (
    [field.name, field.value, field.checked, [...field.selectedOptions || []].map((option) => option.value)]
  )));
}

function fill(form, kept) {
  JSON.parse(kept).forEach(([name, value, checked, chosen]) => typed(form).filter((field) => field.name === name).forEach((field) => {
    if (["checkbox", "radio"].includes(field.type)) field.checked = field.value === value ? checked : field.checked;
    else if (field.options) [...field.options].forEach((option) => { option.selected = chosen.includes(option.value); });
    else field.value = value;
  }));
}

function keep(form) {
  drafts?.setItem(form.dataset.keep, contents(form));
}

function inWords(form) { // what stands in a form, for its writer to read: first what is chosen, for a text may be long
  const isChoice = (field) => ["checkbox", "radio"].includes(field.type), fields = typed(form);
  const chosen = fields.filter((field) => isChoice(field) && field.checked).map((field) => `✓ ${field.labels[0].textContent.trim()}`);
  return [...chosen, ...fields.filter((field) => !isChoice(field) && field.value).map((field) => field.value)].join("\n");
}

function restore(form) {
  const before = contents(form), stored = form.dataset.stored && inWords(form), kept = drafts?.getItem(form.dataset.keep);
  if (!kept) return;
  fill(form, kept);
  if (form.dataset.drafted && contents(form) !== before) offerToDrop(form, before, stored);
}

function offerToDrop(form, before, stored) { // what was typed last stands over what the form began with, which may be newer
  const line = Object.assign(document.createElement("p"), { className: "drafted", id: "drafted", textContent: form.dataset.drafted });
  const drop = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: form.dataset.drop });
  const field = form.querySelector("textarea");
  line.append(" ", drop);
  form.querySelector(".b-input")?.before(line, ...(stored ? [storedBox(form, stored)] : []));
  field?.setAttribute("aria-describedby", `drafted ${field.getAttribute("aria-describedby") || ""}`);
  drop.onclick = () => {
    drafts.removeItem(form.dataset.keep);
    fill(form, before);
    form.querySelectorAll(".drafted, .stored").forEach((told) => told.remove());
    form.querySelectorAll("[data-most]").forEach(count);
    firstIn(modal())?.focus();
  };
}

function storedBox(form, stored) {
  const told = Object.assign(document.createElement("p"), { textContent: form.dataset.stored });
  const words = Object.assign(document.createElement("blockquote"), { className: "b-quotation", tabIndex: 0, textContent: stored });
  const box = Object.assign(document.createElement("div"), { className: "stored" });
  box.append(told, words);
  return box;
}

function forget(form, button) { // not when the form was only closed, or stands there still
  if (button?.id === "reset") {
    drafts?.clear();
    document.querySelectorAll("form[data-keep]").forEach((kept) => kept.reset());
    return;
  }
  const isThere = modal()?.querySelector("form").dataset.keep === form.dataset.keep;
  const isDone = ledOn(form, button) || !button?.hasAttribute("formaction");
  if (form.dataset.keep && isDone && !isThere) drafts?.removeItem(form.dataset.keep);
}

function ledOn(form, button) { // a button in a form led to another window: the answer was deleted
  return button?.name === "press" && Boolean(modal()) && modal().querySelector("form")?.dataset.keep !== form.dataset.keep;
}

// --- small comforts ------------------------------------------------------------------------------------------------------------

function count(field) {
  let line = document.getElementById(`${field.id}-count`);
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "count", id: `${field.id}-count` });
    field.after(line);
  }
  const length = field.value.length, most = Number(field.dataset.most);
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  line.textContent = field.dataset.letters.replace("{count}", numbers.format(length)).replace("{most}", numbers.format(most));
  line.classList.toggle("over", length > most);
}

let typing = 0;
async function seek(field) {
  const mine = ++typing;
  await new Promise((done) => setTimeout(done, 150));
  if (mine !== typing) return;
  const words = field.value.trim(), found = document.getElementById("found");
  if (!words) { found.replaceChildren(); return; }
  const page = new DOMParser().parseFromString(await (await fetch(`/people?${new URLSearchParams(new FormData(field.form))}`)).text(), "text/html");
  if (mine === typing) found.replaceChildren(...page.getElementById("found").childNodes);
}

document.addEventListener("input", (event) => {
  if (event.target.dataset.most) count(event.target);
  if (event.target.form?.dataset.keep) keep(event.target.form);
  if (event.target.id === "sought") seek(event.target);
});

document.addEventListener("submit", (event) => {
  if (event.target.classList.contains("seek")) { event.preventDefault(); seek(event.target.querySelector("input")); }
});

document.addEventListener("click", (event) => {
  const bar = event.target.closest(".bar");
  if (!bar) return;
  const open = document.getElementById(bar.getAttribute("aria-controls")).classList.toggle("open");
  bar.setAttribute("aria-expanded", open);
});

// --- the first drawing, and every change after it ------------------------------------------------------------------------------

function listen() {
  const boot = document.body.dataset.boot;
  let before = null;
  new EventSource("/events").onmessage = (event) => {
    if (event.data.split(" ")[0] !== boot) location.reload();
    else if (event.data !== before) refresh();
    before = event.data;
  };
}

document.addEventListener("DOMContentLoaded", () => {
  if (!document.getElementById("talk")) return;
  note();
  makeOneStop();
  document.querySelector(".places [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  logs().forEach(toEnd);
  window.addEventListener("load", () => logs().forEach(toEnd)); // because the address may also name a place
  document.querySelectorAll("form[data-keep]").forEach(restore);
  if (modal()) openModal(modal());
  listen();
});
