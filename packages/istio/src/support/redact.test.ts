import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { type Json, plainRecord } from '@orbweaver/contracts/json'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentsAllowed, objectAllowed } from './allowed.ts'
import { allowing, redacted } from './redact.ts'
import { scrubbed, withheld } from './scrub.ts'

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

/** Bytes as a random source makes them, none more likely than another (mulberry32). */
const random = (minLength: number, maxLength: number) =>
  fc.tuple(fc.noShrink(fc.integer()), fc.integer({ min: minLength, max: maxLength })).map(([seed, length]) => {
    let state = seed
    return Uint8Array.from({ length }, () => {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return (mixed ^ (mixed >>> 14)) & 0xff
    })
  })

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const alphanumeric = random(24, 48).map((bytes) => [...bytes].map((byte) => alphabet[byte % 62] ?? '').join(''))
const base64 = random(24, 96).map((bytes) => Buffer.from(bytes).toString('base64'))
const base64url = random(24, 96).map((bytes) => Buffer.from(bytes).toString('base64url'))
const hex = random(16, 32).map((bytes) => Buffer.from(bytes).toString('hex'))
const jwt = fc.tuple(base64url, base64url).map(([payload, sign]) => `eyJhbGciOiJSUzI1NiJ9.${payload}.${sign}`)
const block = fc.constantFrom('PRIVATE KEY', 'RSA PRIVATE KEY', 'CERTIFICATE')
const pem = fc
  .tuple(block, base64, base64)
  .map(([what, ...lines]) => `-----BEGIN ${what}-----\n${lines.join('\n')}\n-----END ${what}-----`)

/** Secrets as they come: keys, tokens, certificates, and what is coded in base64 or in hexadecimal digits. */
const secrets = fc.oneof(base64, base64url, hex, jwt, pem, alphanumeric)

/** Every run of 12 characters of a secret, but for the words that name what a PEM block is. */
function piecesOf(secret: string): string[] {
  const runs = secret.replaceAll(/-----[^-]*-----/g, '').match(/[A-Za-z0-9+/=_-]{12,}/g) ?? []
  return runs.flatMap((run) => Array.from({ length: run.length - 11 }, (_, at) => run.slice(at, at + 12)))
}

/** A copy with the secret in place of every text, allowed or not, and once more as a name. */
function planted(value: Json | undefined, secret: string): Json {
  if (Array.isArray(value)) return value.map((each) => planted(each, secret))
  if (typeof value === 'string') return secret
  if (typeof value !== 'object' || value === null) return value ?? null
  const below = Object.entries(value).map(([key, each]): [string, Json] => [key, planted(each, secret)])
  return { ...Object.fromEntries(below), [secret]: secret }
}

describe('a secret', () => {
  it('is in no line of a log, whatever stands before it', () => {
    fc.assert(
      fc.property(secrets, fc.constantFrom('', 'error: ', 'loaded key=', '"', 'x ', '/etc/'), (secret, before) => {
        const left = scrubbed(`istiod ${before}${secret}" for shop`)
        expect(piecesOf(secret).filter((piece) => left.includes(piece))).toEqual([])
      }),
      { numRuns: 2_000, seed: 1 },
    )
  })

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
