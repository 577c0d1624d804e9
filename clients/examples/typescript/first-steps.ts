import { randomUUID } from "node:crypto";
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

// A partner's first calls with the generated types: a token, two readings, an application.
// Arguments: address of the platform, client, secret.
const [baseUrl, clientId, clientSecret] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl });

const token = await client.POST("/oauth2/token", {
  body: { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret },
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

await client.GET("/api/policy/v1/documents", { params: { query: { q: "养老", limit: 3 } } });

const homes = await client.GET("/api/eldercare/v1/homes", { params: { query: { onlyFree: true } } });
const home: components["schemas"]["HomeView"] | undefined = homes.data?.items?.[0];

// the same key again after a lost connection: the same application, not a second one
const application = await client.POST("/api/eldercare/v1/applications", {
  params: { header: { "Idempotency-Key": randomUUID() } },
  body: {
    filedBy: "APPLICANT",
    homeIds: home?.id ? [home.id] : [],
    applicant: { name: "张桂兰", phone: "13800000001" },
  },
});
console.log(home?.name, application.data?.state);
