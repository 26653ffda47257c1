// Text the server has not received yet, kept in this browser: enciphered, per person and page, until a form arrives.
const PREFIX = "typed:";
const OURS = "input:not([type=hidden]):not([type=password]):not([type=file]):not([type=submit]), textarea, select";
const told = document.body.dataset;
const letters = new TextEncoder();
const words = new TextDecoder();

const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
const setCookie = (name, value, seconds) => { document.cookie = `${name}=${value}; path=/; max-age=${seconds}; samesite=lax`; };
const stored = () => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const text64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
// The server takes off spaces and letters nobody sees: a text that differs in these alone is the same text.
const bare = (pairs) => JSON.stringify(pairs.map(([name, value]) => [name, value.replace(/[\s\p{C}]+/gu, "")]));
const newMark = () => [...crypto.getRandomValues(new Uint8Array(12))].map((each) => each.toString(16).padStart(2, "0")).join("");

function forgetAll() {
  stored().forEach((name) => localStorage.removeItem(name));
}

// What a form holds, field by field: the same text whenever the same was typed and chosen.
function held(form) {
  const fields = [...form.querySelectorAll(OURS)].filter((field) => field.name && field.form === form);
  return fields.filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
    .map((field) => [field.name, field.value]);
}

function putBack(form, pairs) {
  const values = new Map();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) || []), value]);
  for (const field of form.querySelectorAll(OURS)) {
    if (!field.name || field.form !== form) continue;
    const given = values.get(field.name) || [];
    if (["checkbox", "radio"].includes(field.type)) field.checked = given.includes(field.value);
    else if (given.length) field.value = given.shift();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

async function seal(key, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, letters.encode(JSON.stringify(value)));
  return { iv: text64(iv), data: text64(data) };
}

async function unseal(key, entry) {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(entry.iv) }, key, bytes(entry.data));
  return JSON.parse(words.decode(plain));
}

function offer(form, entry, pairs) {
  const banner = document.createElement("div");
  banner.className = "govuk-notification-banner";
  banner.setAttribute("role", "region");
  banner.setAttribute("aria-labelledby", "typed-before");
  banner.dataset.typedBefore = "";
  const head = document.createElement("div");
  head.className = "govuk-notification-banner__header";
  const title = document.createElement("h2");
  title.className = "govuk-notification-banner__title";
  title.id = "typed-before";
  title.textContent = "Important";
  head.append(title);
  const body = document.createElement("div");
  body.className = "govuk-notification-banner__content";
  const sentence = document.createElement("p");
  sentence.className = "govuk-notification-banner__heading";
  const at = new Date(entry.at).toLocaleString("en-GB", { day: "numeric", month: "long", hour: "numeric", minute: "2-digit" });
  sentence.textContent = `What you typed here on ${at} has not reached us. It is kept in this browser.`;
  const list = document.createElement("ul");
  list.className = "govuk-list govuk-list--bullet";
  for (const [, value] of pairs.filter(([, value]) => value.trim().includes(" "))) {
    const line = document.createElement("li");
    line.className = "app-words";
    line.textContent = value;
    list.append(line);
  }
  const buttons = document.createElement("div");
  buttons.className = "govuk-button-group";
  const button = (label, secondary, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `govuk-button${secondary ? " govuk-button--secondary" : ""}`;
    made.textContent = label;
    made.addEventListener("click", () => { act(); banner.remove(); (form.querySelector(OURS) || form).focus(); });
    buttons.append(made);
  };
  button("Put it back into the form", false, () => putBack(form, pairs));
  button("Throw it away", true, () => localStorage.removeItem(entry.name));
  body.append(sentence, list, buttons);
  banner.append(head, body);
  form.before(banner);
}

async function watch(form, place, key) {
  const name = `${PREFIX}${told.deviceOwner}:${location.pathname}#${place}`;
  const atFirst = JSON.stringify(held(form));
  let mark = newMark();
  let waiting;
  const write = async () => {
    clearTimeout(waiting);
    const pairs = held(form);
    if (JSON.stringify(pairs) === atFirst) return;
    localStorage.setItem(name, JSON.stringify({ ...(await seal(key, pairs)), mark, at: Date.now() }));
  };
  const kept = JSON.parse(localStorage.getItem(name) || "null");
  if (kept) {
    try {
      const pairs = await unseal(key, kept);
      mark = kept.mark;
      if (bare(pairs) !== bare(held(form))) offer(form, { ...kept, name }, pairs);
    } catch { localStorage.removeItem(name); }
  }
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(write, 300); });
  form.addEventListener("submit", () => { setCookie("sending", mark, 600); write(); });
  form.addEventListener("kept-by-server", () => { if (localStorage.getItem(name)) localStorage.removeItem(name); });
}

// A form that arrived is forgotten here, and so is what is older than the server itself would keep it.
function tidy() {
  const received = cookie("received");
  if (received) setCookie("received", "", 0);
  const tooOld = Date.now() - Number(told.deviceHours) * 3600 * 1000;
  for (const name of stored()) {
    const entry = JSON.parse(localStorage.getItem(name) || "null");
    if (!entry || entry.mark === received || entry.at < tooOld) localStorage.removeItem(name);
  }
}

async function begin() {
  if (told.deviceOff) { forgetAll(); return; }
  if (!told.deviceKey || !crypto.subtle) return;
  tidy();
  const key = await crypto.subtle.importKey("raw", bytes(told.deviceKey), "AES-GCM", false, ["encrypt", "decrypt"]);
  const forms = [...document.querySelectorAll("main form[method=post]")].filter((form) => form.querySelector("textarea"));
  for (const [place, form] of forms.entries()) {
    if (!form.querySelector("input[type=password], input[type=file]")) await watch(form, place, key);
  }
}

for (const form of document.querySelectorAll("form[data-sign-out]")) form.addEventListener("submit", forgetAll);
// A page taken from the browser's own memory by "back" is as it was left: what is kept is looked at again.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
try { await begin(); } catch (fault) { console.warn("Typed text is not kept on this device:", fault.name); }
