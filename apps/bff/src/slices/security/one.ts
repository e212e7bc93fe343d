import { type KubernetesObject, type ObjectRef, refKey, targetOf } from '@orbweaver/contracts/kubernetes'
import type { Certificate } from '@orbweaver/contracts/certificates'
import type { Message } from '@orbweaver/contracts/message'
import type { TlsSecret } from '@orbweaver/contracts/security'
import { readCertificates } from '@orbweaver/istio/certificates/certificate'
import { chainNotes } from '@orbweaver/istio/certificates/check-credential'
import { credentialFiles, credentialIn, credentialKey } from '@orbweaver/istio/certificates/credential'
import { credentialFacts } from '@orbweaver/istio/certificates/credential-facts'
import { keyFault } from '@orbweaver/istio/certificates/private-key'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { KubeError } from '@orbweaver/kube/error'
import { secrets } from '@orbweaver/kube/resources'
import { askSoon } from '../../fleet/ask-soon.ts'
import { type Asking, rowOf, seenRules } from './rows.ts'
import { usesIn } from './uses.ts'

type One = {
  secret: TlsSecret
  certificates: Certificate[]
  ca: Certificate[]
  key: 'fits' | 'mismatch' | 'unreadable' | 'absent'
  notes: Message[]
  permitted: { update: boolean; delete: boolean }
}
type Fault = { cluster: string; reason: string; message: string }

/**
 * One Secret as the person reads it now, the only way to know whether its key fits: the mirror has no keys. The key is
 * looked at and let go. Rejects with KubeError where they may not read it; undefined where it is no TLS Secret of the mesh.
 */
export async function secretOf(asking: Asking, mesh: Mesh, ref: ObjectRef): Promise<One | Fault | undefined> {
  const { fleet, viewer } = asking
  const door = clustersOf(mesh).includes(ref.cluster) ? fleet.get(ref.cluster) : undefined
  if (door === undefined) return undefined
  const client = door.as(viewer.identity)
  const read = await askSoon(door, (deadlineMs) => client.get(secrets, targetOf(ref), { deadlineMs })).catch(asFault)
  if (read === undefined) return undefined
  if (read instanceof KubeError) return { cluster: ref.cluster, reason: `kube.${read.code}`, message: read.message }
  if (credentialIn(read) === undefined) return undefined
  const uses = usesIn(fleet, mesh).of(refKey(ref))
  const shown = await seenRules(viewer, uses)
  const [secret, facts, key, permitted] = await Promise.all([
    rowOf(read, { ref, uses, shown, now: new Date() }),
    credentialFacts(read),
    keyOf(read),
    permittedOn(asking, ref),
  ])
  return { secret, ...facts, key, notes: chainNotes(facts.certificates), permitted }
}

async function keyOf(secret: KubernetesObject): Promise<One['key']> {
  const pem = credentialKey(secret)
  if (pem === '') return 'absent'
  const [own] = (await readCertificates(credentialFiles(secret).certificate)) ?? []
  return own === undefined ? 'unreadable' : ((await keyFault(pem, own.x509)) ?? 'fits')
}

async function permittedOn({ viewer }: Asking, ref: ObjectRef): Promise<One['permitted']> {
  const may = (verb: string) => viewer.may(ref.cluster, { verb, group: '', resource: secrets.plural, ...targetOf(ref) })
  const [update, remove] = await Promise.all([may('update'), may('delete')])
  return { update, delete: remove }
}

function asFault(error: unknown): KubeError | undefined {
  if (!(error instanceof KubeError) || error.code === 'forbidden') throw error
  return error.code === 'not_found' ? undefined : error
}
