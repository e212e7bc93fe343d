/** Keyed hashes with a key that lives in a hub Secret, so that every replica makes the same ones. */
export type Keys = {
  /** Hex HMAC-SHA256 of the text under a key derived for this purpose. Rejects while the hub cannot be read. */
  mac(purpose: 'change' | 'status' | 'secret', text: string): Promise<string>
}
