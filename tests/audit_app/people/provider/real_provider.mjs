// A certified OpenID Connect provider (npm's oidc-provider) as the tests start it. Only its two pages, its accounts and
// what the tests may change while it runs are ours.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const given = JSON.parse(process.env.PROVIDER);
const require = createRequire(`${given.modules}/`);
const { Provider } = await import(pathToFileURL(require.resolve("oidc-provider")).href);

const changed = { codeSeconds: 60, accounts: given.accounts };
const realNow = Date.now;

const YES = '<button form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button>';

const provider = new Provider(given.issuer, {
  clients: given.clients,
  jwks: given.jwks,
  cookies: { keys: ["for tests only"] },
  scopes: ["openid", "profile", "email"],
  claims: { openid: ["sub", "amr", "groups"], profile: ["name", "preferred_username"], email: ["email", "email_verified"] },
  acrValues: ["phr"],
  conformIdTokenClaims: given.conform,
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: true, logoutSource: (ctx, form) => { ctx.body = page(`${form}${YES}`); } },
    backchannelLogout: { enabled: true },
  },
  // It would not tell anybody on this machine that a session has ended; here everybody is.
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  pkce: { required: () => true },
  ttl: {
    AccessToken: 600, IdToken: 3600, Interaction: 3600, Session: 86400, Grant: 86400,
    AuthorizationCode: () => changed.codeSeconds,
  },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, id) => changed.accounts[id] && ({ accountId: id, claims: () => ({ sub: id, ...changed.accounts[id] }) }),
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid profile email");
    await grant.save();
    return grant;
  },
});
provider.proxy = true; // what stands between it and the browser says which address was asked
const answer = provider.callback();

const page = (body) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Greenhaven sign-in</title>
<meta name="viewport" content="width=device-width"></head><body><main><h1>Greenhaven sign-in</h1>${body}</main></body></html>`;

async function body(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

async function interact(request, response) {
  if (request.method === "POST") {
    const form = new URLSearchParams(await body(request));
    const result = form.get("cancel")
      ? { error: "access_denied", error_description: "cancelled" }
      : { login: { accountId: form.get("account"), amr: form.getAll("amr"), acr: form.get("acr") || undefined } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    return;
  }
  const { params, prompt } = await provider.interactionDetails(request, response);
  response.setHeader("content-type", "text/html");
  response.end(page(`<form method="post"><p data-prompt="${prompt.name}">For ${params.client_id}</p>
<label>Account <input name="account"></label>
<label><input type="checkbox" name="amr" value="mfa"> with a second factor</label>
<input type="hidden" name="amr" value="pwd"><button>Sign in there</button></form>`));
}

async function control(request, response) {
  const wanted = JSON.parse(await body(request));
  if ("clock" in wanted) Date.now = () => realNow() + wanted.clock * 1000;
  Object.assign(changed, wanted);
  response.end("{}");
}

createServer((request, response) => {
  if (request.url === "/favicon.ico") {
    response.writeHead(204).end();
    return;
  }
  const way = request.url.startsWith("/interaction/") ? interact : request.url === "/control" ? control : answer;
  Promise.resolve(way(request, response)).catch((error) => {
    console.error(error);
    if (!response.headersSent) response.statusCode = 500;
    response.end();
  });
}).listen(given.port, "127.0.0.1", () => console.log("ready"));
