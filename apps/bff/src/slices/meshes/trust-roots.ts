import type { PluggedCa } from '@orbweaver/contracts/certificates'
import type { IntentOf } from '@orbweaver/contracts/intent'
import { textAt } from '@orbweaver/contracts/json'
import { checkCa, checkRoots } from '@orbweaver/istio/certificates/check-ca'
import { authoritySecrets, decoded } from '@orbweaver/istio/certificates/secret'
import { KubeError } from '@orbweaver/kube/error'
import { secrets } from '@orbweaver/kube/resources'
import { type Planner, refuse } from '../../changes/draft.ts'
import { authorityItem, rootsItem } from './authority-items.ts'
import { authorityChange, blockedDraft, type Ground, groundOf } from './plug-ca.ts'

/**
 * Other roots for a mesh that runs, while what signs stays: nobody needs a key for it. An authority of istiod's own making
 * has no file of roots: what it signs with is copied into `cacerts`, by the console, in the cluster where it lies.
 */
export const planTrustRoots: Planner<IntentOf<'meshes.trust-roots'>> = async ({ viewer, fleet, intent }) => {
  const ground = await groundOf({ viewer, fleet }, intent.name)
  if ('ok' in ground) return ground
  const { mesh, door, present } = ground
  const { cluster, namespace } = mesh.controlPlane
  if (present?.issuing === undefined) return refuse('certificates.none', { cluster, namespace })
  const title = { code: 'meshes.trust-roots', params: { name: mesh.name } }
  const faults = await checkRoots(intent.roots, new Date())
  if (faults.length > 0) return { ok: true, draft: blockedDraft(title, faults) }
  if (intent.signer === undefined && present.kind === 'plugged-in') {
    const certChain = present.chain.map(({ pem }) => pem).join('')
    const next = { caCert: present.issuing.pem, certChain, rootCert: intent.roots }
    const secret = rootsItem(door, mesh.controlPlane, intent.roots)
    return { ok: true, draft: { title, ...(await authorityChange(fleet, ground, { next, secret })) } }
  }
  const own = await selfSigned(ground)
  if (own instanceof KubeError) return refuse('plan.cluster_unreachable', { cluster, reason: `kube.${own.code}` })
  if (own === undefined) return refuse('certificates.no_self_signed', { cluster, namespace })
  const next = { ...own, rootCert: intent.roots }
  const unfit = await checkCa(next, new Date())
  if (unfit.length > 0) return { ok: true, draft: blockedDraft(title, unfit) }
  const secret = authorityItem(door, mesh.controlPlane, next)
  return { ok: true, draft: { title, ...(await authorityChange(fleet, ground, { next, secret })) } }
}

/** What istiod made itself, read where it lies: its key goes from Secret to Secret and is told to nobody. */
async function selfSigned({ mesh, door }: Ground): Promise<Omit<PluggedCa, 'rootCert'> | KubeError | undefined> {
  const target = { namespace: mesh.controlPlane.namespace, name: authoritySecrets.selfSigned }
  try {
    const secret = await door.own.get(secrets, target)
    const file = (key: string) => decoded(textAt(secret, 'data', key) ?? '')
    const [caCert, caKey] = [file('ca-cert.pem'), file('ca-key.pem')]
    return caCert === '' || caKey === '' ? undefined : { caCert, caKey, certChain: caCert }
  } catch (error) {
    if (!(error instanceof KubeError)) throw error
    return error.code === 'not_found' ? undefined : error
  }
}
