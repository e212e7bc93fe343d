import type { Authority } from '@orbweaver/contracts/certificates'
import { listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { certificatesIn, readCertificates, rootAbove } from '@orbweaver/istio/certificates/certificate'
import { authorityFiles, authoritySecrets, decoded, lastWrite } from '@orbweaver/istio/certificates/secret'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { revisionOf } from '@orbweaver/istio/meshes/names'
import { names } from '@orbweaver/istio/world/names'
import { mutatingWebhookConfigurations, secrets } from '@orbweaver/kube/resources'
import type { ClusterDoor } from '../kube/doors.ts'

/** Whoever may know: for judging, and for those who were asked about. */
export async function authorityIn({ mirror }: ClusterDoor, namespace: string): Promise<Authority | undefined> {
  const { pluggedIn, selfSigned } = authoritySecrets
  const given = mirror.get(secrets, { namespace, name: pluggedIn })
  const secret = given ?? mirror.get(secrets, { namespace, name: selfSigned })
  if (secret === undefined) return undefined
  const files = authorityFiles(secret)
  const texts = [files.issuing, files.chain, files.roots]
  const [[signer] = [], chain = [], roots = []] = await Promise.all(
    texts.map(async (each) => (await readCertificates(each)) ?? []),
  )
  const under = signer === undefined ? undefined : await rootAbove(signer, { through: chain, roots })
  const written = lastWrite(secret)
  return {
    kind: given === undefined ? 'self-signed' : 'plugged-in',
    ...(signer !== undefined && { issuing: signer.facts }),
    chain: chain.map(({ facts }) => facts),
    roots: roots.map(({ facts }) => facts),
    verified: under !== undefined,
    ...(under !== undefined && { signedUnder: under.facts.fingerprint }),
    ...(written !== undefined && { writtenAt: written.at, writtenBy: written.by }),
    ...(await ownBehind(mirror, { namespace, given })),
  }
}

type Given = { namespace: string; given: KubernetesObject | undefined }

/** What istiod made itself before another authority was plugged in: it does not delete it. */
async function ownBehind(
  mirror: ClusterDoor['mirror'],
  { namespace, given }: Given,
): Promise<Pick<Authority, 'selfSigned'>> {
  const own = mirror.get(secrets, { namespace, name: authoritySecrets.selfSigned })
  if (given === undefined || own === undefined) return {}
  const [root] = await certificatesIn(authorityFiles(own).issuing)
  return root === undefined ? {} : { selfSigned: root.fingerprint }
}

/** What istiod hands out in a cluster; none where it has not written its webhook yet. */
export async function handedIn(door: ClusterDoor, mesh: Mesh) {
  const webhook = webhookOf(door, mesh)
  return webhook === undefined ? [] : certificatesIn(bundleOf(webhook))
}

/** istiod writes the bundle it hands out into the webhooks of its revision (istio pkg/webhooks/webhookpatch.go, 1.30). */
export function webhookOf({ mirror }: ClusterDoor, mesh: Mesh): KubernetesObject | undefined {
  const revision = revisionOf(mesh)
  return mirror
    .list(mutatingWebhookConfigurations)
    .find((each) => labelsOf(each)[names.revision] === revision && bundleOf(each) !== '')
}

export function bundleOf(webhook: KubernetesObject): string {
  const hooks = listAt(webhook, 'webhooks')
  const own = hooks.find((each) => (textAt(each, 'name') ?? '').endsWith('sidecar-injector.istio.io'))
  return decoded(textAt(own, 'clientConfig', 'caBundle') ?? '')
}
