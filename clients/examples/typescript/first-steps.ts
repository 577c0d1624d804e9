import { randomUUID } from "node:crypto";
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

// A back end's first calls with the generated types: two readings in its own name, an application for its citizen.
// Arguments: address of the platform, client, secret, what the client says of its citizen (a JWT of its own key).
const [baseUrl, clientId, clientSecret, assertion] = process.argv.slice(2);

type TokenRequest = components["schemas"]["TokenRequest"];

async function as(request: TokenRequest) {
  const client = createClient<paths>({ baseUrl });
  const token = await client.POST("/oauth2/token", {
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: { ...request, client_id: clientId, client_secret: clientSecret },
    bodySerializer: (form) => new URLSearchParams({ ...form }),
  });
  if (token.error) {
    throw new Error(JSON.stringify(token.error));
  }
  const authorization = `Bearer ${token.data.access_token}`;
  client.use({
    onRequest: ({ request }) => {
      request.headers.set("Authorization", authorization);
      return request;
    },
  });
  return client;
}

const own = await as({ grant_type: "client_credentials" });
await own.GET("/api/policy/v1/documents", { params: { query: { q: "养老", limit: 3 } } });
const homes = await own.GET("/api/eldercare/v1/homes", { params: { query: { district: "371002" } } });
const home: components["schemas"]["HomeView"] | undefined = homes.data?.items?.[0];

const citizen = await as({
  grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
  subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
  subject_token: assertion,
});
// the same key again after a lost connection: the same application, not a second one
const application = await citizen.POST("/api/eldercare/v1/applications", {
  params: { header: { "Idempotency-Key": randomUUID() } },
  body: {
    filedBy: "APPLICANT",
    homeIds: home?.id ? [home.id] : [],
    applicant: { name: "张桂兰", phone: "13800000001" },
  },
});
if (application.error) {
  throw new Error(JSON.stringify(application.error));
}
console.log(home?.name, application.data.state);
