// Small enhancements; every page works without them.
"use strict";

// Requests that htmx makes carry the session's secret.
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRF-Token"] = document.body.dataset.csrf;
});

// A part of the page that somebody is typing in is not replaced under their hands.
document.addEventListener("htmx:beforeSwap", (event) => {
  const active = document.activeElement;
  const typing = active && event.detail.target.contains(active) && active.matches("input, select, textarea");
  if (typing && event.detail.requestConfig.verb === "get") {
    event.detail.shouldSwap = false;
  }
});

// Rows whose figures moved are marked for a moment.
const before = new Map();
const figures = (row) => Array.from(row.querySelectorAll("td.n"), (cell) => cell.textContent.trim()).join("|");
document.addEventListener("htmx:beforeSwap", (event) => {
  before.clear();
  event.detail.target.querySelectorAll("tr[id]").forEach((row) => before.set(row.id, figures(row)));
});
document.addEventListener("htmx:afterSettle", () => {
  before.forEach((text, id) => {
    const row = document.getElementById(id);
    if (row && figures(row) !== text) {
      row.classList.add("moved");
      row.addEventListener("animationend", () => row.classList.remove("moved"), { once: true });
    }
  });
  before.clear();
});

// A form that cannot be taken back asks first; a form is sent once.
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.ask;
  if (question && !window.confirm(question)) {
    event.preventDefault();
    return;
  }
  event.target.querySelectorAll("button[type=submit]").forEach((button) => {
    window.setTimeout(() => { button.disabled = true; }, 0);
  });
});

// "/" goes to the search field.
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.matches("input, select, textarea")) {
    const search = document.querySelector("input[type=search]");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
});

// Times are shown as the reader's clock has them; today's without the date.
function localTimes(root) {
  const today = new Date().toDateString();
  root.querySelectorAll("time[datetime]").forEach((time) => {
    const at = new Date(time.dateTime);
    const date = at.toDateString() === today ? undefined : "medium";
    time.title = at.toLocaleString(undefined, { dateStyle: "full", timeStyle: "long" });
    time.textContent = at.toLocaleString(undefined, { dateStyle: date, timeStyle: "medium" });
  });
}
document.addEventListener("DOMContentLoaded", () => localTimes(document));
document.addEventListener("htmx:afterSettle", (event) => localTimes(event.target.parentNode || document));
