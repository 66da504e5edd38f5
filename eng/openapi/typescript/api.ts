import { AwsClient } from "aws4fetch";

/** The address of the API, without a path. */
export const api = process.env.API!;

const signer = new AwsClient({
  accessKeyId: process.env.AWS_ACCESS_KEY_ID!,
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY!,
  service: "execute-api",
  region: "us-east-1",
  retries: 0,
});

/** fetch, for requests that are signed. */
export const signedFetch: typeof fetch = (input, init) => signer.fetch(input, init);
