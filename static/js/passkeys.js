// Forms with data-passkey="create" or "get": the browser's ceremony fills the field "credential", then the form is sent.
// The question comes from <script type="application/json"> (data-passkey-options) or from the server (data-passkey-url).
// Hidden in the page, shown where passkeys work; what stands under data-passkey-without is for all other browsers.
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const withBytes = (listed) => (listed ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

async function question(form) {
  if (form.dataset.passkeyOptions) {
    return JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);
  }
  const answer = await fetch(form.dataset.passkeyUrl, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()).request_options;
}

function create({ publicKey }) {
  return navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
    },
  });
}

function get({ publicKey }) {
  return navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: withBytes(publicKey.allowCredentials),
    },
  });
}

function asJson({ id, rawId, type, authenticatorAttachment, response }, extensions) {
  const parts = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = text(response[name]);
  }
  if (response.getTransports) parts.transports = response.getTransports();
  return JSON.stringify({
    id,
    rawId: text(rawId),
    type,
    authenticatorAttachment,
    clientExtensionResults: extensions,
    response: parts,
  });
}

async function ask(form) {
  const ceremony = form.dataset.passkey === "create" ? create : get;
  const credential = await ceremony(await question(form));
  form.elements.credential.value = asJson(credential, credential.getClientExtensionResults());
  form.submit();
}

export function start(root) {
  if (!window.PublicKeyCredential) return;
  for (const other of root.querySelectorAll("[data-passkey-without]")) other.hidden = true;
  for (const form of root.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    const refused = form.querySelector("[data-passkey-refused]");
    form.querySelector("button[type=button]").addEventListener("click", async () => {
      refused.hidden = true;
      try {
        await ask(form);
      } catch {
        refused.hidden = false;
      }
    });
  }
}
