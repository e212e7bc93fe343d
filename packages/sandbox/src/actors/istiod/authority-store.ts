import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { secrets } from '@orbweaver/kube/resources'
import { type ActorContext, unlessExisting, unlessMissing } from '../controller.ts'
import { createAuthority, tenYearsFrom } from './certificate.ts'

/**
 * The root this istiod signs under (pilot/pkg/bootstrap/istio_ca.go): Secret `cacerts` in either of its layouts, else
 * `istio-ca-secret`, which is made when it is missing.
 */
export async function loadRoot(context: ActorContext, namespace: string): Promise<string> {
  const given = await unlessMissing(context.client.get(secrets, { namespace, name: 'cacerts' }))
  const plugged = decoded(given, 'root-cert.pem') ?? decoded(given, 'ca.crt')
  if (plugged !== undefined) return plugged
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
