// @ts-check
// Requests to the API, through the server of this page, which signs them.

/** @typedef {import("#api").components["schemas"]} Schemas */
/** @typedef {Record<string, string | number | undefined>} Query */

const tokenName = "token";
const attempts = 4;
let listRequests = 0;

/** A response that is an error, or no response (status 0). */
export class ApiError extends Error {
  /** @param {number} status @param {string} code @param {string} message @param {string} [requestId] */
  constructor(status, code, message, requestId) {
    super(message);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }
}

/** Moves the token from the address bar to this tab's storage. */
export function takeToken() {
  const match = /^#token=([0-9a-f]{32})$/.exec(location.hash);
  if (match) {
    sessionStorage.setItem(tokenName, match[1]);
    history.replaceState(history.state, "", location.pathname + location.search);
  }
}

/** LIST requests of all responses so far, which are what S3 charges for. */
export const spent = () => listRequests;

/**
 * @template {"objects" | "summary" | "access" | "health"} R
 * @param {R} route
 * @param {Query} query
 * @param {AbortSignal} [signal]
 * @returns {Promise<R extends "objects" ? Schemas["Listing"] : R extends "summary" ? Schemas["Summary"] : any>}
 */
export async function getJson(route, query, signal) {
  const response = await send(route, query, "application/json", signal);
  const body = await response.json();
  listRequests += body.s3Requests ?? 0;
  return body;
}

/**
 * Reads pages as NDJSON to the last one. Each page is yielded as soon as it has been read.
 * @param {Query} query
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<{ entries: Schemas["NdjsonLine"][], scanned: number, last: boolean }>}
 */
export async function* pages(query, signal) {
  /** @type {string | undefined} */
  let token;
  do {
    const response = await send("objects", { ...query, "continuation-token": token }, "application/x-ndjson", signal);
    const header = (/** @type {string} */ name) => response.headers.get(`s3lister-${name}`) ?? "";
    const text = await response.text();
    listRequests += Number(header("s3-requests"));
    token = header("is-truncated") === "true" ? header("next-continuation-token") : undefined;
    const entries = text === "" ? [] : JSON.parse(`[${text.trimEnd().replaceAll("\n", ",")}]`);
    yield { entries, scanned: Number(header("scanned")), last: !token };
  } while (token);
}

/** @param {string} route @param {Query} query @param {string} accept @param {AbortSignal} [signal] */
async function send(route, query, accept, signal) {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const target = `/api/${route}${pairs.length ? "?" : ""}${new URLSearchParams(/** @type {any} */ (pairs))}`;
  for (let attempt = 1; ; attempt++) {
    const failure = await once(target, accept, signal);
    if (failure instanceof Response) return failure;
    if (attempt === attempts || ![0, 429, 500, 503, 504].includes(failure.error.status)) throw failure.error;
    await pause(failure.after ?? 2 ** attempt * (0.2 + Math.random() / 5), signal);
  }
}

/**
 * @param {string} target
 * @param {string} accept
 * @param {AbortSignal} [signal]
 * @returns {Promise<Response | { error: ApiError, after?: number }>}
 */
async function once(target, accept, signal) {
  const headers = { accept, authorization: `Bearer ${sessionStorage.getItem(tokenName) ?? ""}` };
  let response;
  try {
    response = await fetch(target, { headers, signal, cache: "no-store", redirect: "error" });
  } catch (error) {
    if (signal?.aborted) throw error;
    return { error: new ApiError(0, "Unreachable", "The program that serves this page has ended.") };
  }
  if (response.ok) return response;
  const text = await response.text();
  const problem = parse(text);
  const id = problem.requestId ?? response.headers.get("apigw-requestid") ?? undefined;
  const message = problem.detail ?? problem.message ?? (text || `The response has status ${response.status}.`);
  const after = response.headers.get("retry-after");
  return {
    error: new ApiError(response.status, problem.code ?? String(response.status), message, id),
    after: after ? Number(after) : undefined,
  };
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** @param {number} seconds @param {AbortSignal} [signal] @returns {Promise<void>} */
function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
