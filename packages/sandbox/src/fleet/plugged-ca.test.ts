import { X509Certificate } from 'node:crypto'
import { type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import type { PluggedCa } from '@orbweaver/contracts/certificates'
import { makeIntermediate, makeRoot } from '@orbweaver/istio/certificates/make'
import { certificateBlocks } from '@orbweaver/istio/certificates/pem'
import type { KubeClient } from '@orbweaver/kube/client'
import * as kinds from '@orbweaver/kube/resources'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fleet } from '../fleet.ts'
import { namespace, workload } from '../worlds/objects.ts'
import { clientOf, eventually, eventuallyAll, object, startTestFleet } from './fleet-under-test.ts'

const place = { namespace: 'istio-system', name: 'istio-ca-root-cert' }
const rootIn = (seen: unknown) => textAt(seen, 'data', 'root-cert.pem')
const now = new Date()
const wish = { cluster: 'member-1', namespace: 'istio-system', days: 30, now }

function secretOf(ca: PluggedCa, rootCert = ca.rootCert) {
  const files = {
    'ca-cert.pem': ca.caCert,
    'ca-key.pem': ca.caKey,
    'cert-chain.pem': ca.certChain,
    'root-cert.pem': rootCert,
  }
  const data = Object.fromEntries(
    Object.entries(files).map(([key, text]) => [key, Buffer.from(text).toString('base64')]),
  )
  const metadata = { name: 'cacerts', namespace: 'istio-system' }
  return object({ apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data })
}

describe('an authority that is plugged in', () => {
  let fleet: Fleet
  let client: KubeClient
  let first: PluggedCa
  let second: PluggedCa
  beforeAll(async () => {
    fleet = await startTestFleet(1)
    client = clientOf(fleet, 'member-1')
    const roots = await Promise.all(['One', 'Two'].map((organization) => makeRoot({ organization, years: 1, now })))
    const made = await Promise.all(roots.map((root) => makeIntermediate(root, wish)))
    first = made[0] ?? expect.fail('none')
    second = made[1] ?? expect.fail('none')
    await client.create(kinds.namespaces, namespace('istio-system'))
  }, 30_000)
  afterAll(() => fleet.stop())

  const install = (env: Record<string, string>) => {
    const spec = { version: 'v1.30.3', namespace: 'istio-system', values: { pilot: { env } } }
    const metadata = { name: 'default' }
    return client.create(kinds.istios, object({ apiVersion: 'sailoperator.io/v1', kind: 'Istio', metadata, spec }))
  }
  const handedOut = (pem: string) =>
    eventually(client, { resource: kinds.configMaps, ...place }, (seen) => rootIn(seen) === pem)
  const replace = async (wanted: ReturnType<typeof secretOf>) => {
    const live = await client.get(kinds.secrets, { namespace: 'istio-system', name: 'cacerts' })
    await client.replace(kinds.secrets, { ...live, data: recordAt(wanted, 'data') })
  }
  const restart = async () => {
    const target = { namespace: 'istio-system', name: 'istiod' }
    const annotations = { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() }
    const body = { spec: { template: { metadata: { annotations } } } }
    await client.patch(kinds.deployments, target, { type: 'strategic', body })
  }

  const shown = async () => {
    const { items } = await client.list(kinds.pods, { namespace: 'istio-system', labelSelector: 'app=istiod' })
    const name = items[0]?.metadata.name ?? ''
    return client.certificatesThroughPod({ namespace: 'istio-system', name }, { port: 15012 })
  }

  test('is what istiod hands out; more roots live, others only after a restart', async () => {
    await client.create(kinds.secrets, secretOf(first))
    await install({ ISTIO_MULTIROOT_MESH: 'true' })
    await handedOut(first.rootCert)
    const chain = certificateBlocks(first.certChain)
    expect((await shown()).slice(1)).toEqual(chain)
    const both = `${first.rootCert}${second.rootCert}`
    await replace(secretOf(first, both))
    await handedOut(both)
    const { items } = await client.list(kinds.mutatingWebhookConfigurations)
    const own = items.filter((each) => labelsOf(each)['istio.io/rev'] === 'default')
    await eventually(
      client,
      { resource: kinds.mutatingWebhookConfigurations, name: own[0]?.metadata.name ?? '' },
      (seen) =>
        listAt(seen, 'webhooks').every(
          (each) => textAt(each, 'clientConfig', 'caBundle') === Buffer.from(both).toString('base64'),
        ),
    )
    await replace(secretOf(first))
    await handedOut(first.rootCert)
    await replace(secretOf(second))
    await client.patch(
      kinds.configMaps,
      { namespace: 'istio-system', name: place.name },
      { type: 'merge', body: { data: { 'root-cert.pem': 'changed' } } },
    )
    await handedOut(first.rootCert)
    await restart()
    await handedOut(second.rootCert)
  }, 60_000)
  /** Name of the one Pod of a workload with a proxy, once it runs. */
  const started = async (name: string) => {
    await client.create(kinds.deployments, workload({ namespace: 'shop', name, image: 'web:1' }))
    const wanted = { resource: kinds.pods, namespace: 'shop' }
    const seen = await eventuallyAll(client, wanted, (all) =>
      all.some((each) => labelsOf(each).app === name && textAt(each, 'status', 'phase') === 'Running'),
    )
    return seen.find((each) => labelsOf(each).app === name)?.metadata.name ?? ''
  }
  const asked = (name: string, path: string) =>
    client.getThroughPod({ namespace: 'shop', name }, { port: 15_000, path })
  const heldBy = async (name: string) => {
    const { body } = await asked(name, '/config_dump?resource=dynamic_active_secrets')
    const [own, trusted] = listAt(body, 'configs')
    const pem = (of: Json | undefined, ...path: string[]) =>
      Buffer.from(textAt(of, 'secret', ...path, 'inline_bytes') ?? '', 'base64').toString('utf8')
    expect(pem(own, 'tls_certificate', 'private_key')).toBe('[redacted]')
    return {
      chain: certificateBlocks(pem(own, 'tls_certificate', 'certificate_chain')),
      roots: certificateBlocks(pem(trusted, 'validation_context', 'trusted_ca')),
    }
  }

  test('signs for proxies, which tell their own administration what they hold', async () => {
    await client.create(kinds.namespaces, namespace('shop', { 'istio-injection': 'enabled' }))
    const web = await started('web')
    const held = await heldBy(web)
    const [leaf] = held.chain.map((each) => new X509Certificate(each))
    expect(leaf?.subjectAltName).toBe('URI:spiffe://cluster.local/ns/shop/sa/default')
    expect(leaf?.verify(new X509Certificate(second.caCert).publicKey)).toBe(true)
    expect(held.roots).toEqual(certificateBlocks(second.rootCert))
    expect((await asked(web, '/quitquitquit')).status).toBe(404)
    const bare = (await client.list(kinds.pods, { namespace: 'istio-system' })).items[0]?.metadata.name ?? ''
    const nobody = client.getThroughPod({ namespace: 'istio-system', name: bare }, { port: 15_000, path: '/' })
    await expect(nobody).rejects.toMatchObject({ code: 'pod_unreachable' })
    await replace(secretOf(first))
    await restart()
    await handedOut(first.rootCert)
    expect((await heldBy(web)).roots).toEqual(certificateBlocks(second.rootCert))
    expect((await heldBy(await started('later'))).roots).toEqual(certificateBlocks(first.rootCert))
    await client.patch(
      kinds.deployments,
      { namespace: 'istio-system', name: 'istiod' },
      { type: 'merge', body: { spec: { replicas: 0 } } },
    )
    await eventuallyAll(client, { resource: kinds.pods, namespace: 'istio-system' }, (all) => all.length === 0)
    expect((await heldBy(web)).roots).toEqual(certificateBlocks(second.rootCert))
    fleet.clock.advance(13 * 3_600_000)
    expect((await heldBy(web)).roots).toEqual(certificateBlocks(first.rootCert))
  }, 60_000)
})
