// The form of a cell is a plain form. This sends it without leaving the page: when a field is left,
// when a button of a row is pressed, and on Ctrl + S. What is typed lies in this browser until it is
// saved, so that a lost session loses nothing.
(() => {
  "use strict";
  const PANEL = { "X-Panel": "1" };
  const OFTEN = 300;
  const HERE = 30000;
  // Where one has typed last, and it is not saved.
  let typedIn = null;
  // The editor that a form stands in, and what is being sent of it.
  const sending = new WeakMap();
  const timers = new WeakMap();

  const editorOf = (element) => element.closest(".cell-editor");
  const formOf = (editor) => editor?.querySelector(".cell-form");
  const keyOf = (editor) => `utkast:${editor.dataset.person}:${editor.dataset.cell}`;
  const isTyped = (name) => /^row-\d+-(text|kind)$|^(assessment|level.*|pasted)$/.test(name);
  const entries = (form) => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  const typed = (form) => JSON.stringify(entries(form).filter(([name]) => isTyped(name)));

  const say = (editor, name) => {
    const status = editor.querySelector(".cell-status");
    if (!status) return;
    status.textContent = status.dataset[name] ?? "";
    status.className = `cell-status is-${name}`;
    if (name !== "lost") return;
    const link = document.createElement("a");
    link.href = status.dataset.login;
    link.target = "_blank";
    link.textContent = status.dataset.again;
    status.append(" ", link);
  };

  const parsed = async (response) => {
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return page.querySelector(".cell-editor");
  };

  const post = (form, fields) => {
    const body = new URLSearchParams(fields);
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    return fetch(form.action, { method: "POST", body, headers: PANEL, credentials: "same-origin" });
  };

  // Who has logged in again in another tab has another token; what somebody else may send is not hers.
  const renewed = async (form) => {
    const response = await fetch(form.action, { headers: PANEL, credentials: "same-origin" });
    const page = response.ok && (await parsed(response));
    const isSame = page && page.dataset.person === editorOf(form).dataset.person;
    const token = isSame && page.querySelector("[name=csrfmiddlewaretoken]");
    if (token) form.elements.csrfmiddlewaretoken.value = token.value;
    return Boolean(token);
  };

  const answer = async (form, fields) => {
    let response = await post(form, fields);
    if (response.status === 403 && (await renewed(form))) response = await post(form, fields);
    return response.ok ? parsed(response) : null;
  };

  // The field that has the focus, wherever it stands in the answer.
  const place = (editor) => {
    const field = document.activeElement;
    if (!editor.contains(field)) return null;
    const row = field.closest(".cell-row");
    const key = row?.querySelector("[name$=-key]").value;
    const part = field.name?.replace(/^row-\d+-/, "");
    return { row: row?.id, key, part, name: field.name, value: field.value, id: field.id, at: field.selectionStart };
  };
  const rowOf = (editor, { key, row }) => {
    const rows = [...editor.querySelectorAll(".cell-row")];
    const same = key && rows.find((other) => other.querySelector("[name$=-key]").value === key);
    return same ?? rows.find((other) => other.id === row) ?? rows.at(-1);
  };
  const goBack = (editor, was) => {
    if (!was) return;
    const row = was.row && rowOf(editor, was);
    const field = was.name === "do"
      ? (row && [...row.querySelectorAll("[name=do]:enabled")].find((b) => b.value.split("-")[0] === was.value.split("-")[0]))
        ?? row?.querySelector("textarea")
      : (row && row.querySelector(`[name$="-${was.part}"]`)) ?? formOf(editor).elements[was.name];
    (field ?? formOf(editor).elements.pasted).focus();
    if (field?.tagName === "TEXTAREA" && was.at != null) field.setSelectionRange(was.at, was.at);
  };

  const actionIn = (editor, { action, key }) => {
    const row = key && [...editor.querySelectorAll(".cell-row")]
      .find((other) => other.querySelector("[name$=-key]").value === key);
    return row ? `${action.split("-")[0]}-${row.id.slice("row-".length)}` : action;
  };

  // What was typed while the answer was on its way is put into it.
  const carry = (form, sent, editor) => {
    const before = new Map(sent);
    const late = entries(form).filter(([name, value]) => isTyped(name) && before.get(name) !== value);
    for (const [name, value] of late) {
      const row = /^row-(\d+)-(.+)$/.exec(name);
      const was = row && { key: form.elements[`row-${row[1]}-key`].value, row: `row-${row[1]}` };
      const field = row ? rowOf(editor, was)?.querySelector(`[name$="-${row[2]}"]`) : formOf(editor).elements[name];
      if (field) field.value = value;
    }
    return late.length > 0;
  };

  const keepDraft = (editor) => {
    const form = formOf(editor);
    const draft = { at: Date.now(), fields: entries(form) };
    try {
      localStorage.setItem(keyOf(editor), JSON.stringify(draft));
      form.setAttribute("data-drafted", "");
    } catch {
      say(editor, "full");
    }
  };

  const replace = (editor, next) => {
    const isHistoryOpen = editor.querySelector(".cell-history")?.open;
    editor.replaceWith(next);
    if (isHistoryOpen) next.querySelector(".cell-history").open = true;
    return next;
  };

  const send = async (editor, action, isSaved) => {
    const form = formOf(editor);
    if (sending.get(form)) {
      // What is asked for meanwhile follows when the answer is there, of the row that is meant.
      const key = form.elements[`row-${action.split("-")[1]}-key`]?.value;
      sending.set(form, { action, isSaved, key });
      return;
    }
    sending.set(form, true);
    const fields = entries(form);
    const sent = [...fields, ...(action ? [["do", action]] : []), ...(isSaved ? [["_save", "1"]] : [])];
    say(editor, "saving");
    let next = null;
    try {
      next = await answer(form, sent);
    } catch {
      next = undefined;
    }
    const waiting = sending.get(form);
    sending.delete(form);
    if (!next) {
      keepDraft(editor);
      say(editor, next === null ? "lost" : "failed");
      editor.dispatchEvent(new CustomEvent("cell-refused", { bubbles: true }));
      return;
    }
    const was = place(editor);
    const isLate = carry(form, fields, next);
    const isStored = next.dataset.saved === "yes";
    replace(editor, next);
    goBack(next, was);
    if (isStored && !isLate) {
      localStorage.removeItem(keyOf(next));
      typedIn = null;
    } else {
      keepDraft(next);
    }
    say(next, isStored ? "stored" : next.querySelector(".errornote") ? "refused" : "unsaved");
    const refusal = next.querySelector(".errornote");
    refusal?.scrollIntoView({ block: "nearest" });
    if (refusal) next.dispatchEvent(new CustomEvent("cell-refused", { bubbles: true }));
    if (isStored) next.dispatchEvent(new CustomEvent("cell-stored", { bubbles: true }));
    if (waiting !== true) send(next, actionIn(next, waiting), waiting.isSaved);
    else if (isLate && isStored) send(next, "", true);
  };

  // Where one has to choose between two texts, nothing is sent by itself.
  const isPaused = (editor) => editor.querySelector(".errornote") !== null;

  const fill = async (editor) => {
    const form = formOf(editor);
    const draft = form && JSON.parse(localStorage.getItem(keyOf(editor)));
    if (!draft) return;
    if (JSON.stringify(draft.fields.filter(([name]) => isTyped(name))) === typed(form)) {
      localStorage.removeItem(keyOf(editor));
      return;
    }
    const next = await answer(form, [...draft.fields, ["do", "show"]]);
    if (!next) return;
    replace(editor, next);
    say(next, "draft");
    const status = next.querySelector(".cell-status");
    const drop = document.createElement("button");
    Object.assign(drop, { type: "button", className: "btn", textContent: status.dataset.drop });
    drop.addEventListener("click", async () => {
      localStorage.removeItem(keyOf(next));
      const fresh = await fetch(formOf(next).action, { headers: PANEL, credentials: "same-origin" });
      const stored = fresh.ok && (await parsed(fresh));
      if (stored) replace(next, stored).querySelector("textarea").focus();
    });
    status.append(" ", drop);
  };

  const tellWhoIsHere = async () => {
    const editor = document.querySelector(".cell-editor");
    const form = formOf(editor);
    if (!form || document.hidden) return;
    const address = editor.dataset.here;
    const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    const response = await fetch(address, { method: "POST", body, credentials: "same-origin" }).catch(() => null);
    const isAnswer = response?.ok && response.headers.get("Content-Type")?.includes("json");
    const others = isAnswer ? (await response.json()).others : null;
    const line = document.querySelector(".cell-others");
    if (others !== null && line) line.textContent = others;
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches?.(".cell-form")) return;
    const button = event.submitter;
    if (button?.name === "_back") {
      localStorage.removeItem(keyOf(editorOf(form)));
      return;
    }
    event.preventDefault();
    const action = button?.name === "do" ? button.value : "";
    send(editorOf(form), action, action !== "show");
  });

  document.addEventListener("change", (event) => {
    const editor = event.target.closest?.(".cell-form") && editorOf(event.target);
    if (!editor || !isTyped(event.target.name) || isPaused(editor)) return;
    send(editor, "", true);
  });

  document.addEventListener("input", (event) => {
    const editor = event.target.closest?.(".cell-form") && editorOf(event.target);
    if (!editor) return;
    clearTimeout(timers.get(editor));
    timers.set(editor, setTimeout(() => editor.isConnected && keepDraft(editor), OFTEN));
    typedIn = editor;
    say(editor, "unsaved");
  });

  document.addEventListener("paste", (event) => {
    const editor = event.target.closest?.(".cell-form") && editorOf(event.target);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!editor || event.target.tagName !== "TEXTAREA" || !/[\n\t]/.test(text.trim())) return;
    event.preventDefault();
    const box = formOf(editor).elements.pasted;
    box.value = [box.value, text].filter(Boolean).join("\n");
    send(editor, "add", true);
  });

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    const editor = document.querySelector(".cell-editor");
    if (!formOf(editor)) return;
    event.preventDefault();
    send(editor, "", true);
  });

  // An earlier state is filled in by the server; to undo the last change is to save it, too.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.(".cell-editor a[data-restores]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const editor = editorOf(link);
    const response = await fetch(link.href, { headers: PANEL, credentials: "same-origin" }).catch(() => null);
    const next = response?.ok && (await parsed(response));
    if (!next) {
      say(editor, response ? "lost" : "failed");
      return;
    }
    replace(editor, next);
    keepDraft(next);
    next.querySelector(".note-box")?.scrollIntoView({ block: "nearest" });
    (next.querySelector(".cell-row textarea") ?? formOf(next).elements.pasted).focus();
    if (link.dataset.restores === "now") send(next, "", true);
    else say(next, "unsaved");
  });

  addEventListener("pagehide", () => {
    if (typedIn?.isConnected && formOf(typedIn)) keepDraft(typedIn);
  });
  document.addEventListener("cell-left", (event) => send(event.target, "", true));
  document.addEventListener("cell-shown", (event) => {
    fill(event.target);
    tellWhoIsHere();
  });
  setInterval(tellWhoIsHere, HERE);
  const own = document.querySelector("#content-main > .cell-editor");
  if (own) fill(own);
})();
