// Small enhancements; every page works without them.
"use strict";

// Requests that htmx makes carry the session's secret.
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRF-Token"] = document.body.dataset.csrf;
});

// Live events for as long as the page is seen. A browser opens six connections to a site at most, so that more open tabs than
// that would leave none to load a page with. Whoever comes back is told that anything may have moved meanwhile.
class SeenSource extends EventTarget {
  constructor(url) {
    super();
    this.url = url;
    this.names = new Set();
    this.closed = false;
    this.missed = document.hidden;
    this.follow = () => (document.hidden ? this.leave() : this.open());
    document.addEventListener("visibilitychange", this.follow);
    this.follow();
  }

  get readyState() {
    return this.closed ? EventSource.CLOSED : this.source ? this.source.readyState : EventSource.CONNECTING;
  }

  addEventListener(name, listener) {
    super.addEventListener(name, listener);
    if (!this.names.has(name)) {
      this.names.add(name);
      this.relay(name);
    }
  }

  relay(name) {
    if (this.source) {
      this.source.addEventListener(name, (event) => this.tell(name, event.data));
    }
  }

  tell(name, data) {
    this.dispatchEvent(new MessageEvent(name, { data }));
  }

  open() {
    if (this.closed || this.source) {
      return;
    }
    const source = new EventSource(this.url);
    this.source = source;
    this.names.forEach((name) => this.relay(name));
    source.onopen = (event) => {
      if (this.onopen) {
        this.onopen(event);
      }
      if (this.missed) {
        this.missed = false;
        this.names.forEach((name) => this.tell(name, "moved"));
      }
    };
    source.onerror = (event) => {
      this.missed = true;
      if (source.readyState === EventSource.CLOSED) {
        this.close();
      }
      if (this.onerror) {
        this.onerror(event);
      }
    };
  }

  leave() {
    if (this.source) {
      this.source.close();
      this.source = null;
      this.missed = true;
    }
  }

  close() {
    this.leave();
    this.closed = true;
    document.removeEventListener("visibilitychange", this.follow);
  }
}
htmx.createEventSource = (url) => new SeenSource(url);

// A part of the page that somebody is typing in is not replaced under their hands.
document.addEventListener("htmx:beforeSwap", (event) => {
  const active = document.activeElement;
  const typing = active && event.detail.target.contains(active) && active.matches("input, select, textarea");
  if (typing && event.detail.requestConfig.verb === "get") {
    event.detail.shouldSwap = false;
  }
});

// What somebody unfolded stays so when its part of the page is replaced.
const unfolded = new Set();
document.addEventListener("htmx:beforeSwap", (event) => {
  unfolded.clear();
  event.detail.target.querySelectorAll("details[open]").forEach((part) => unfolded.add(part.querySelector("summary").textContent));
});
document.addEventListener("htmx:afterSwap", () => {
  document.querySelectorAll("details:not([open])").forEach((part) => {
    part.open = unfolded.has(part.querySelector("summary").textContent);
  });
  unfolded.clear();
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
  root.querySelectorAll("text[data-at]").forEach((mark) => {
    const form = mark.dataset.by === "day" ? { day: "numeric", month: "short" } : { hour: "2-digit", minute: "2-digit" };
    mark.textContent = new Date(mark.dataset.at).toLocaleString(undefined, form);
  });
}
document.addEventListener("DOMContentLoaded", () => localTimes(document));
document.addEventListener("htmx:afterSettle", (event) => localTimes(event.target.parentNode || document));
