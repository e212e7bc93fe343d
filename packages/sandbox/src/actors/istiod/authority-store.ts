import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { certificateBlocks } from '@orbweaver/istio/certificates/pem'
import { secrets } from '@orbweaver/kube/resources'
import { type ActorContext, type Controller, startController, unlessExisting, unlessMissing } from '../controller.ts'
import { createAuthority, tenYearsFrom } from './certificate.ts'
import type { IstiodIdentity } from './identity.ts'

/** What an istiod signs under: its roots, and whether somebody plugged them in. */
export type SigningRoot = { pem: string; plugged: boolean }

/**
 * What an istiod begins with (pilot/pkg/bootstrap/istio_ca.go createIstioCA): Secret `cacerts` in either of its layouts,
 * else `istio-ca-secret`, which is made when it is missing.
 */
export async function loadRoot(context: ActorContext, namespace: string): Promise<SigningRoot> {
  const given = await unlessMissing(context.client.get(secrets, { namespace, name: pluggedName }))
  const plugged = rootIn(given)
  if (plugged !== undefined) return { pem: plugged, plugged: true }
  return { pem: await ownRoot(context, namespace), plugged: false }
}

const pluggedName = 'cacerts'

function rootIn(secret: KubernetesObject | undefined): string | undefined {
  return decoded(secret, 'root-cert.pem') ?? decoded(secret, 'ca.crt')
}

/**
 * Whether an istiod that runs takes another root: with ISTIO_MULTIROOT_MESH more or fewer of them, never others (istio_ca.go handleEvent, pemBundleHasSubsetRelation, 1.30).
 */
function takesLive(present: string, next: string, multiRoot: boolean): boolean {
  const [one, other] = [present, next].map((pem) => new Set(certificateBlocks(pem)))
  return multiRoot && one !== undefined && other !== undefined && (isWithin(one, other) || isWithin(other, one))
}

function isWithin(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].every((each) => other.has(each))
}

/** The files of `cacerts` are watched by an istiod that began with them, and by no other (createIstioCA, 1.30). */
export function watchPlugged(
  context: ActorContext,
  { namespace, environment }: IstiodIdentity,
  { root, take }: { root: () => SigningRoot; take: (pem: string) => void },
): Controller {
  return startController(context, {
    name: 'istiod plugged-in CA',
    watches: [
      {
        resource: secrets,
        keys: ({ metadata }) =>
          metadata.namespace === namespace && metadata.name === pluggedName ? [{ namespace, name: pluggedName }] : [],
      },
    ],
    reconcile: async () => {
      const { pem, plugged } = root()
      const next = rootIn(context.caches.of(secrets).get(namespace, pluggedName))
      if (!plugged || next === undefined || next === pem) return
      if (takesLive(pem, next, environment.ISTIO_MULTIROOT_MESH === 'true')) take(next)
      else context.log(`${context.client.cluster}: istiod: Updating new ROOT-CA not supported`)
    },
  })
}

async function ownRoot(context: ActorContext, namespace: string): Promise<string> {
  const target = { namespace, name: 'istio-ca-secret' }
  const own = decoded(await unlessMissing(context.client.get(secrets, target)), 'ca-cert.pem')
  if (own !== undefined) return own
  const made = createAuthority('cluster.local', tenYearsFrom(context.clock.now()))
  const root = encoded(made.certificatePem)
  const data = {
    'ca-cert.pem': root,
    'ca-key.pem': encoded(made.keyPem),
    'cert-chain.pem': '',
    'key.pem': '',
    'root-cert.pem': root,
  }
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: target, type: 'istio.io/ca-root', data }
  await unlessExisting(context.client.create(secrets, secret))
  return decoded(await context.client.get(secrets, target), 'ca-cert.pem') ?? made.certificatePem
}

function decoded(secret: KubernetesObject | undefined, key: string): string | undefined {
  const value = textAt(secret, 'data', key)
  return value === undefined || value === '' ? undefined : Buffer.from(value, 'base64').toString('utf8')
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64')
}
