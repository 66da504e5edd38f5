import { defineConfig } from "orval";

export default defineConfig({
  s3lister: {
    input: "openapi.json",
    output: {
      target: "generated/orval/client.ts",
      client: "fetch",
      override: {
        // With NDJSON among the formats, orval would return every response as a stream.
        contentType: { exclude: ["application/x-ndjson", "text/csv"] },
        mutator: { path: "typescript/orval-fetch.ts", name: "orvalFetch" },
      },
    },
  },
});
