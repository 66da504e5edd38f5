import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import { api, signedFetch } from "./api.js";
import type { paths } from "../generated/openapi-fetch/schema.js";
import { run } from "./scenario.js";

// The API has arrays separated by commas, and openapi-fetch doesn't read the style of a parameter.
const client = createClient<paths, "application/json" | "application/problem+json">({ baseUrl: api, fetch: signedFetch, querySerializer: { array: { style: "form", explode: false } } });

await run({
  async listPage(query) {
    const { data, error } = await client.GET("/objects", { params: { query } });
    return data ?? assert.fail(JSON.stringify(error));
  },
  async summarize(query) {
    const { data, error } = await client.GET("/summary", { params: { query } });
    return data ?? assert.fail(JSON.stringify(error));
  },
  async problem(query) {
    const { error } = await client.GET("/objects", { params: { query } });
    return error && "code" in error ? error : assert.fail(JSON.stringify(error));
  },
});
