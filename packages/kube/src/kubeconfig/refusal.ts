/** Who runs the cluster, as far as its login command tells: each has its own way to make a token that stays. */
export type Provider = 'eks' | 'gke' | 'aks' | 'other'

/** Why a kubeconfig, or one of its contexts, cannot be used. `field` is a path into the document, never a value. */
export type KubeconfigRefusal =
  | { code: 'too_large'; bytes: number; most: number }
  | { code: 'malformed'; line: number; column: number }
  | { code: 'exec'; field: string; command: string; provider: Provider }
  | { code: 'auth_provider'; field: string; name: string; provider: Provider }
  | { code: FieldCode; field: string }

type FieldCode =
  /** Nested deeper, or of more words, than any kubeconfig. */
  | 'too_complex'
  /** YAML aliases that unfold to much more than was written. */
  | 'too_many_aliases'
  /** Not an object of kind Config with lists of clusters, users and contexts. */
  | 'not_a_kubeconfig'
  | 'no_contexts'
  | 'too_many_contexts'
  /** The context names a cluster or user that the document does not have. */
  | 'missing_cluster'
  | 'missing_user'
  /** Not text, or not base64 where base64 belongs. */
  | 'bad_value'
  /** Not an http(s) URL, or one that carries a password, a query or a fragment. */
  | 'bad_server'
  | 'bad_proxy'
  | 'bad_server_name'
  | 'bad_certificate'
  | 'bad_key'
  | 'bad_token'
  /** Certificate without key or the reverse, or a pair that does not belong together. */
  | 'key_mismatch'
  /** Both an authority to trust and the wish not to check: kubectl refuses that too. */
  | 'insecure_with_authority'
  /** `certificate-authority`, `client-certificate`, `client-key`: paths on somebody's disk. */
  | 'file_reference'
  | 'file_unreadable'
  | 'token_file'
  /** `username` and `password`; gone from Kubernetes since 1.19. */
  | 'basic_auth'
  /** `as`, `as-groups`, `as-uid`, `as-user-extra`: the console impersonates by itself. */
  | 'impersonation'

/** What works, but should be known. */
export type KubeconfigWarning = 'insecure' | 'plaintext' | 'anonymous' | 'expired'

/** Carries a refusal out of the readers; parseKubeconfig turns it into a value again. */
export class Refused extends Error {
  readonly refusal: KubeconfigRefusal

  constructor(refusal: KubeconfigRefusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

export function refuse(code: FieldCode, field: string): never {
  throw new Refused({ code, field })
}
