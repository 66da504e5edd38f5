import assert from "node:assert/strict";
import { api, signedFetch } from "./api.js";
import { client } from "../generated/hey-api/client.gen.js";
import { getSummary, listObjects } from "../generated/hey-api/index.js";
import { run } from "./scenario.js";

client.setConfig({ baseUrl: api, fetch: signedFetch });

await run({
  async listPage(query) {
    return (await listObjects({ query, throwOnError: true })).data;
  },
  async summarize(query) {
    return (await getSummary({ query, throwOnError: true })).data;
  },
  async problem(query) {
    const { error } = await listObjects({ query });
    return error && "code" in error ? error : assert.fail(JSON.stringify(error));
  },
});
