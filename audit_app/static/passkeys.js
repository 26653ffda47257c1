// Passkeys: a form marked data-passkey asks the browser for one and sends what it answers. Without scripts there are none.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
const text64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const described = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

// What the server asked, with its base64url turned into bytes, as the browser wants it.
function asked(form) {
  const options = JSON.parse(form.dataset.passkeyAsked);
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  if (options.excludeCredentials) options.excludeCredentials = described(options.excludeCredentials);
  if (options.allowCredentials) options.allowCredentials = described(options.allowCredentials);
  return options;
}

function answered(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text64(credential.response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: text64(credential.rawId), type: credential.type, response });
}

function why(error) {
  if (error.name === "InvalidStateError") return "This device has a passkey of yours for this service already.";
  if (error.name === "NotAllowedError") return "Nothing was done: it was cancelled, took too long, or this device has no passkey of yours.";
  if (error.name === "SecurityError") return "Your browser does not use passkeys at this address.";
  return "Your browser could not do this. Choose another way.";
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const status = form.querySelector("[data-passkey-status]");
  let waits = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (waits) return;
    if (!window.PublicKeyCredential) {
      status.textContent = "This browser does not know passkeys. Choose another way.";
      return;
    }
    status.textContent = "Waiting for your device …";
    waits = true;
    try {
      const credential = await navigator.credentials[form.dataset.passkey]({ publicKey: asked(form) });
      form.elements.answer.value = answered(credential);
      form.submit();
    } catch (error) {
      status.textContent = why(error);
      waits = false;
    }
  });
}
