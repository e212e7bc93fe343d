/** How to reach one API server and prove who asks. Everything is inline: no file, no command, nothing to look up. */
export type Connection = {
  /** http(s) URL; a path prefix (Rancher's `/k8s/clusters/…`) is kept. */
  server: string
  /** PEM bundle that signs the server's certificate; without it Node's own roots decide. */
  certificateAuthority?: string
  /** PEM pair of a client certificate. */
  clientCertificate?: { certificate: string; key: string }
  /** Bearer token. */
  token?: string
  /** The server's certificate is not checked. */
  insecure?: boolean
  /** http, https or socks5 proxy between the console and the server. */
  proxyUrl?: string
  /** Name to ask for and to check in the server's certificate instead of the URL's host. */
  tlsServerName?: string
}

/** What proves who asks: the part of a connection that is made anew from time to time. */
export type Credentials = Pick<Connection, 'token' | 'clientCertificate'>

/** What one cluster may cost. Watches are bounded by their number at the caller, everything else here. */
export type Limits = {
  /** Calls a second, sustained. Default 50. */
  qps?: number
  /** Calls at once after a quiet time. Default 100. */
  burst?: number
  /** Calls at one moment, watches not counted. Default 20. */
  maxInFlight?: number
  /** Milliseconds for TCP and TLS. Default 5,000. */
  connectTimeoutMs?: number
  /** Bytes of one answer, after decompression. Default 64 MiB. */
  maxAnswerBytes?: number
  /** Bytes of one watch event. Default 16 MiB (etcd keeps objects up to 1.5 MiB, JSON is larger than protobuf). */
  maxEventBytes?: number
  /** Milliseconds a watch may be silent, bookmarks included, before it counts as cut. Default 300,000. */
  watchSilenceMs?: number
  /** Attempts at a call that may be repeated. Default 3. */
  attempts?: number
  /** A longer `Retry-After` than this many milliseconds is handed to the caller. Default 10,000. */
  maxRetryAfterMs?: number
}

const defaults = {
  qps: 50,
  burst: 100,
  maxInFlight: 20,
  connectTimeoutMs: 5_000,
  maxAnswerBytes: 64 * 1024 * 1024,
  maxEventBytes: 16 * 1024 * 1024,
  watchSilenceMs: 300_000,
  attempts: 3,
  maxRetryAfterMs: 10_000,
}

export function withDefaults(limits: Limits = {}): Required<Limits> {
  return { ...defaults, ...limits }
}
