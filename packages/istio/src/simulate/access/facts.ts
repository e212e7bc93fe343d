import type { Claims } from '@orbweaver/contracts/explain-access'

/** Who the other end of a connection is, as its certificate says: `spiffe://…`, nobody, or somebody of whom little is known. */
export type Identity =
  | { kind: 'known'; uri: string }
  | { kind: 'none' }
  | { kind: 'some'; trustDomain?: string; namespace?: string }

/**
 * What a proxy sees of a call. What is undefined was not said, so that anything may be there; null is what is known
 * to be absent.
 */
export type Facts = {
  readonly layer: 'http' | 'tcp'
  readonly identity: Identity
  /** Where the connection comes from, and where the request came from first. */
  readonly sourceIp: string | undefined
  readonly remoteIp: string | undefined
  readonly destinationIp: string | undefined
  /** The port that the proxy is reached at, as it was dialled. */
  readonly port: number
  readonly sni: string | null | undefined
  readonly method: string | undefined
  /** After the proxy has normalised it, without its query. */
  readonly path: string | undefined
  readonly host: string | undefined
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string> | undefined
  /** Of a token that was verified. */
  readonly claims: Claims | null | undefined
}
