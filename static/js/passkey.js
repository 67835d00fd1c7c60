// Passkeys: only a script can ask the browser for one. It shows the button, fills the hidden field
// and says in words what went wrong. webauthn-json.js (django-allauth) turns JSON into bytes.
(() => {
  "use strict";
  const keys = window.webauthnJSON;

  const optionsOf = async (form) => {
    if (form.dataset.passkey !== "login") {
      return JSON.parse(document.getElementById("passkey-options").textContent);
    }
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  };

  // One that is found without a user name and opened with a finger, a face or a PIN.
  const create = (options) => {
    const wanted = options.publicKey.authenticatorSelection;
    Object.assign(wanted, {
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    });
    return keys.create(options);
  };

  const ask = async (form) => {
    const options = await optionsOf(form);
    return form.dataset.passkey === "create"
      ? create(options.creation_options)
      : keys.get(options.request_options);
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const message = form.querySelector("[role=status]");
    if (!keys?.supported()) {
      message.textContent = form.dataset.unsupported;
      continue;
    }
    form.querySelector("[type=submit]").hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      message.textContent = "";
      try {
        form.elements.credential.value = JSON.stringify(await ask(form));
        form.submit();
      } catch {
        message.textContent = form.dataset.failed;
      }
    });
  }
})();
