import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { certificateBlocks } from '@orbweaver/istio/certificates/pem'
import { secrets } from '@orbweaver/kube/resources'
import { type ActorContext, type Controller, startController, unlessExisting, unlessMissing } from '../controller.ts'
import { createAuthority, tenYearsFrom } from './certificate.ts'
import type { IstiodIdentity } from './identity.ts'

/** What an istiod signs with, PEM: its roots, what signs, its key, and what comes between; and whether somebody plugged it in. */
export type SigningAuthority = { pem: string; issuing: string; key: string; chain: string; plugged: boolean }

/**
 * What an istiod begins with (pilot/pkg/bootstrap/istio_ca.go createIstioCA): Secret `cacerts` in either of its layouts,
 * else `istio-ca-secret`, which is made when it is missing.
 */
export async function loadAuthority(context: ActorContext, namespace: string): Promise<SigningAuthority> {
  const given = await unlessMissing(context.client.get(secrets, { namespace, name: pluggedName }))
  return pluggedIn(given) ?? ownAuthority(context, namespace)
}

const pluggedName = 'cacerts'

function pluggedIn(secret: KubernetesObject | undefined): SigningAuthority | undefined {
  const file = (...keys: string[]) => keys.map((key) => decoded(secret, key)).find((each) => each !== undefined)
  const pem = file('root-cert.pem', 'ca.crt')
  if (pem === undefined) return undefined
  return {
    pem,
    issuing: file('tls.crt', 'ca-cert.pem') ?? '',
    key: file('tls.key', 'ca-key.pem') ?? '',
    chain: file('tls.crt', 'cert-chain.pem') ?? '',
    plugged: true,
  }
}

export function isSame(one: SigningAuthority, other: SigningAuthority): boolean {
  return one.pem === other.pem && one.issuing === other.issuing && one.chain === other.chain
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
  { present, take }: { present: () => SigningAuthority; take: (next: SigningAuthority) => void },
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
      const now = present()
      const next = pluggedIn(context.caches.of(secrets).get(namespace, pluggedName))
      if (!now.plugged || next === undefined || isSame(now, next)) return
      const live = now.pem === next.pem || takesLive(now.pem, next.pem, environment.ISTIO_MULTIROOT_MESH === 'true')
      if (live) take(next)
      else context.log(`${context.client.cluster}: istiod: Updating new ROOT-CA not supported`)
    },
  })
}

async function ownAuthority(context: ActorContext, namespace: string): Promise<SigningAuthority> {
  const target = { namespace, name: 'istio-ca-secret' }
  const own = selfSigned(await unlessMissing(context.client.get(secrets, target)))
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
  const pem = made.certificatePem
  const kept = selfSigned(await context.client.get(secrets, target))
  return kept ?? { pem, issuing: pem, key: made.keyPem, chain: '', plugged: false }
}

function selfSigned(secret: KubernetesObject | undefined): SigningAuthority | undefined {
  const pem = decoded(secret, 'ca-cert.pem')
  if (pem === undefined) return undefined
  return { pem, issuing: pem, key: decoded(secret, 'ca-key.pem') ?? '', chain: '', plugged: false }
}

function decoded(secret: KubernetesObject | undefined, key: string): string | undefined {
  const value = textAt(secret, 'data', key)
  return value === undefined || value === '' ? undefined : Buffer.from(value, 'base64').toString('utf8')
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64')
}
