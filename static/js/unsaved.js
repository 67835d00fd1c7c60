// Every form of the back office is a plain form; this warns before what was typed in it is left.
(() => {
  "use strict";
  // Ticked rows of a list are no work, and who logs in or out loses nothing, unless the log-in
  // holds a form that was sent before it.
  const others = "#changelist-form, #login-form:not([data-not-saved]), #logout-form";
  // A cell whose draft lies in this browser loses nothing; its form is another one after each save.
  const guarded = () => [...document.querySelectorAll("form[method=post]")].filter(
    (form) => !form.matches(others) && !form.hasAttribute("data-drafted"),
  );

  const fieldsOf = (form) =>
    [...form.elements].filter((field) => field.name && !field.disabled && field.type !== "hidden");

  // Against what the server sent, not what a browser has put back since.
  const isChanged = (field) => {
    if (field.type === "checkbox" || field.type === "radio") {
      return field.checked !== field.defaultChecked;
    }
    if (field.tagName === "SELECT") {
      const options = [...field.options];
      const isGiven = options.some((option) => option.defaultSelected);
      const first = !isGiven && !field.multiple ? options[0] : null;
      return options.some((option) => option.selected !== (option.defaultSelected || option === first));
    }
    if (field.tagName === "TEXTAREA" || field.tagName === "INPUT") {
      return field.type !== "file" && field.value !== field.defaultValue;
    }
    return false;
  };

  // What was refused, or brought back after a log-in, is nowhere else.
  const isNowhereElse = (form) =>
    form.hasAttribute("data-not-saved") ||
    (form.querySelector(".errorlist") !== null &&
      fieldsOf(form).some((field) => "defaultValue" in field && field.defaultValue !== ""));

  let sent = null;
  document.addEventListener("submit", (event) => { sent = event.target; });
  // What the log-in holds is kept for her log-in with a new password, too.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-keeps]");
    if (link) sent = link.closest("form");
  });
  // What is typed after a download has begun, or when one comes back, is not sent.
  document.addEventListener("input", () => { sent = null; });
  window.addEventListener("pageshow", () => { sent = null; });

  window.addEventListener("beforeunload", (event) => {
    const isLeft = guarded().some(
      (form) => form !== sent && (isNowhereElse(form) || fieldsOf(form).some(isChanged)),
    );
    if (isLeft) {
      event.preventDefault();
      event.returnValue = true;
    }
  });
})();
