import assert from "node:assert/strict";
import { getSummary, listObjects } from "../generated/orval/client.js";
import { run } from "./scenario.js";

await run({
  async listPage(query) {
    const response = await listObjects(query);
    return response.status === 200 ? response.data : assert.fail(JSON.stringify(response.data));
  },
  async summarize(query) {
    const response = await getSummary(query);
    return response.status === 200 ? response.data : assert.fail(JSON.stringify(response.data));
  },
  async problem(query) {
    const response = await listObjects(query);
    return response.status === 400 ? response.data : assert.fail(JSON.stringify(response.data));
  },
});
