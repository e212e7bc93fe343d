import { createAuthority, tenYearsFrom } from '@orbweaver/sandbox/actors/istiod/certificate'
import { issue } from '@orbweaver/sandbox/actors/istiod/issue'
import { LabError } from '../lab-error.ts'

/** What somebody shows in a handshake, and what both sides trust; PEM. */
export type Identity = { readonly chain: string; readonly key: string }
export type Identities = {
  readonly root: string
  /** Of a SPIFFE URI; each is made once. */
  of(uri: string): Promise<Identity>
}

const dayMs = 86_400_000

/** Certificates as a mesh's workloads have them, of an authority of this process alone. */
export function identities(): Identities {
  const now = new Date()
  const authority = createAuthority('lab', tenYearsFrom(now))
  const signing = {
    pem: authority.certificatePem,
    issuing: authority.certificatePem,
    key: authority.keyPem,
    chain: '',
    plugged: false,
  }
  const made = new Map<string, Promise<Identity>>()
  const make = async (uri: string): Promise<Identity> => {
    const issued = await issue(signing, { names: [{ type: 'url', value: uri }], from: now, ttlMs: dayMs })
    if (issued === undefined) throw new LabError('certificates', [`none for ${uri}`])
    return issued
  }
  return {
    root: authority.certificatePem,
    of: (uri) => {
      const found = made.get(uri) ?? make(uri)
      made.set(uri, found)
      return found
    },
  }
}
