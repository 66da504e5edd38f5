import { api, signedFetch } from "./api.js";

/** What orval calls in place of fetch, with a path. */
export async function orvalFetch<T>(path: string, options: RequestInit): Promise<T> {
  const response = await signedFetch(api + path, options);
  return { status: response.status, data: await response.json(), headers: response.headers } as T;
}
