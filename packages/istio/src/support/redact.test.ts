import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { type Json, plainRecord } from '@orbweaver/contracts/json'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentsAllowed, objectAllowed } from './allowed.ts'
import { piecesOf, secrets } from './samples.ts'
import { allowing, redacted } from './redact.ts'
import { withheld } from './scrub.ts'

const kept = (object: KubernetesObject) => redacted(object, objectAllowed(object.kind))

const deployment: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'istiod',
    namespace: 'istio-system',
    labels: { app: 'istiod', team: 'pw-1' },
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"password":"pw-2"}', note: 'pw-3' },
  },
  spec: {
    replicas: 2,
    template: {
      spec: {
        containers: [{ name: 'discovery', image: 'pilot:1.30.3', env: [{ name: 'A', value: 'pw-4' }], args: ['pw-5'] }],
        volumes: [{ name: 'pw-6' }],
      },
    },
  },
}

const values = {
  meshConfig: {
    trustDomain: 'shop.example',
    accessLogFile: '/dev/stdout',
    extensionProviders: [
      { name: 'lightstep', opentelemetry: { service: 'o.tracing', http: { headers: [{ value: 'pw-1' }] } } },
    ],
    defaultConfig: { proxyMetadata: { TOKEN: 'pw-2' } },
  },
  pilot: { env: { API: 'pw-3', EXTERNAL_ISTIOD: 'true' }, resources: { requests: { cpu: '500m' } } },
  global: { hub: 'docker.io/istio', imagePullSecrets: ['regcred'], proxy: { lifecycle: { preStop: 'pw-4' } } },
  somebody: { elses: 'pw-5' },
}

const objects: KubernetesObject[] = [
  deployment,
  { apiVersion: 'sailoperator.io/v1', kind: 'Istio', metadata: { name: 'shop' }, spec: { version: 'v1.30.3', values } },
  {
    apiVersion: 'orbweaver.dev/v1alpha1',
    kind: 'Mesh',
    metadata: { name: 'shop' },
    spec: {
      kind: 'Managed',
      controlPlane: { cluster: 'east', entrance: { type: 'LoadBalancer', annotations: { auth: 'pw-1' } } },
      members: [{ cluster: 'west', values }],
      settings: { sidecar: { lifecycle: { postStart: { exec: { command: ['pw-2'] } } }, proxyLogLevel: 'debug' } },
      values,
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'Opaque',
    metadata: { name: 'cacerts', annotations: { copy: 'pw-3' } },
    data: { 'ca-key.pem': 'pw-1' },
    stringData: { east: 'pw-2' },
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'istio' },
    data: { mesh: values.meshConfig, other: 'pw-6' },
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: 'injector' },
    webhooks: [{ name: 'a.b.c', clientConfig: { caBundle: 'pw-1', service: { name: 'istiod' } } }],
  },
  { apiVersion: 'example.dev/v1', kind: 'Odd', metadata: { name: 'odd' }, spec: { any: 'pw-1' }, status: ['pw-2'] },
]

describe('what is left of an object', () => {
  it.each(objects)('has of a $kind nothing that is not allowed, however short', (object) => {
    expect(JSON.stringify(kept(object))).not.toMatch(/pw-\d/)
  })

  it('has its structure, and what it is diagnosed by', () => {
    expect(kept(deployment)).toMatchObject({
      metadata: { name: 'istiod', labels: { app: 'istiod', team: withheld }, annotations: { note: withheld } },
      spec: {
        replicas: 2,
        template: { spec: { containers: [{ image: 'pilot:1.30.3', env: [{ value: withheld }] }] } },
      },
    })
    expect(redacted(values, objectAllowed('Istio'))).toMatchObject({ meshConfig: { trustDomain: withheld } })
    const istio = objects[1] ?? expect.fail('no Istio')
    expect(kept(istio)).toMatchObject({
      spec: {
        version: 'v1.30.3',
        values: {
          meshConfig: {
            trustDomain: 'shop.example',
            extensionProviders: [{ opentelemetry: { service: 'o.tracing' } }],
          },
          pilot: { env: { API: withheld, EXTERNAL_ISTIOD: 'true' }, resources: { requests: { cpu: '500m' } } },
          global: { hub: 'docker.io/istio' },
          somebody: { elses: withheld },
        },
      },
    })
  })

  it('takes names that every object has for no permission', () => {
    expect(redacted({ constructor: 'a', __proto__x: 'b' }, allowing(['c']))).toEqual({
      constructor: withheld,
      __proto__x: withheld,
    })
  })
})

/** A copy with the secret in place of every text, allowed or not, and once more as a name. */
function planted(value: Json | undefined, secret: string): Json {
  if (Array.isArray(value)) return value.map((each) => planted(each, secret))
  if (typeof value === 'string') return secret
  if (typeof value !== 'object' || value === null) return value ?? null
  const below = Object.entries(value).map(([key, each]): [string, Json] => [key, planted(each, secret)])
  return { ...Object.fromEntries(below), [secret]: secret }
}

describe('a secret', () => {
  it('is in no object, whatever place it is put in', () => {
    fc.assert(
      fc.property(fc.constantFrom(...objects), secrets, (object, secret) => {
        const full = planted(object, secret)
        const [name, text] = [object.kind, JSON.stringify(redacted(full, objectAllowed(object.kind)))]
        expect([name, piecesOf(secret).filter((piece) => text.includes(piece))]).toEqual([name, []])
      }),
      { numRuns: 100, seed: 1 },
    )
  })

  it('is in no document of the console either', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(documentsAllowed)),
        secrets,
        fc.jsonValue(),
        (allowed, secret, json) => {
          const { told } = plainRecord({ told: [...objects, { json }] })
          const text = JSON.stringify(redacted(planted(told, secret), allowed))
          expect(piecesOf(secret).filter((piece) => text.includes(piece))).toEqual([])
        },
      ),
      { numRuns: 60, seed: 1 },
    )
  })
})
