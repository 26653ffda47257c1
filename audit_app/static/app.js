// Scripts only improve: every journey works without them. What was not sent yet is kept by kept_on_device.js.
import { initAll } from "./govuk/govuk-frontend.min.js";
import "./kept_on_device.js";
import "./passkeys.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// Forms marked data-autosave send what is typed to the address they name, every so often and when the page is left.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  let sent = new URLSearchParams(new FormData(form)).toString();
  const status = form.querySelector("[data-autosave-status]");
  const send = (leaving) => {
    const body = new URLSearchParams(new FormData(form));
    if (body.toString() === sent) return;
    const now = body.toString();
    body.set("path", location.pathname);
    fetch(form.dataset.autosave, { method: "POST", body, keepalive: leaving, credentials: "same-origin" })
      .then((response) => {
        if (!response.ok) throw new Error(response.status);
        sent = now;
        if (new URLSearchParams(new FormData(form)).toString() === now) form.dispatchEvent(new Event("kept-by-server"));
        if (status) status.textContent = "What you typed is kept as a draft. Save to add it to the audit.";
      })
      .catch(() => {
        if (status) status.textContent = "We could not keep a draft just now. Your text is still on this page: save before you leave.";
      });
  };
  setInterval(() => send(false), Number(form.dataset.autosaveSeconds || 30) * 1000);
  addEventListener("pagehide", () => send(true));
  form.addEventListener("submit", () => { sent = new URLSearchParams(new FormData(form)).toString(); });
}

// The warning before a session ends: one key press keeps it going, and nothing typed on the page is lost by it.
const idle = document.querySelector("[data-session-ends]");
if (idle) {
  const lasts = Number(idle.dataset.sessionEnds) * 1000;
  let ends = Date.now() + lasts;
  setInterval(() => { idle.hidden = Date.now() < ends - 3 * 60 * 1000; }, 10000);
  const stay = idle.querySelector("form");
  stay.addEventListener("submit", (event) => {
    event.preventDefault();
    fetch(stay.action, { method: "POST", body: new URLSearchParams(new FormData(stay)), credentials: "same-origin" })
      .then((response) => {
        if (!response.ok || new URL(response.url).pathname === "/sign-in") throw new Error(response.status);
        ends = Date.now() + lasts;
        idle.hidden = true;
      })
      .catch(() => { idle.querySelector("p").textContent = "You have been signed out. Send the form to sign in again: what you typed is kept."; });
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = "Copied";
  });
}

// A question that hangs on another of the same page is hidden until that one has the answer; without scripts it says so.
for (const block of document.querySelectorAll("[data-asked-if]")) {
  const codes = block.dataset.askedCodes.split(" ");
  const earlier = document.getElementsByName(block.dataset.askedIf);
  const show = () => {
    const called = (one) => one.checked && codes.includes(one.value) && !one.closest("[hidden]");
    block.hidden = ![...earlier].some(called);
  };
  document.addEventListener("change", show);
  show();
}
