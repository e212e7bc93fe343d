import type { JsonRecord } from '@orbweaver/contracts/json'
import type { Breakage } from '../../breakage.ts'

/** How a write of an object ends. */
type Outcome =
  /** istiod's webhook denies it with these words after `configuration is invalid: `. */
  | { readonly refused: string | RegExp }
  /** The schema of the kind denies it, before istiod is asked. */
  | { readonly invalid: RegExp }
  /** It is accepted, with these warnings in any order. */
  | { readonly warnings: readonly (string | RegExp)[] }

/** An object and what is said of it; `why` names it among others of its sentence. */
export type Case = { readonly why: string; readonly spec: JsonRecord; readonly metadata?: JsonRecord } & Outcome

/** One sentence about objects of one kind. */
export type Verdicts = {
  readonly says: string
  readonly kind: Kind
  readonly cases: readonly Case[]
  /** In place of a target that takes every spec for a plain one. */
  readonly broken?: Breakage
}

/** Every kind that istiod judges: where it is served, and a spec with nothing in it to speak of. */
export const kinds = {
  VirtualService: {
    path: 'networking.istio.io/v1/virtualservices',
    plain: { hosts: ['plain.example.com'], http: [{ route: [{ destination: { host: 'plain' } }] }] },
  },
  DestinationRule: { path: 'networking.istio.io/v1/destinationrules', plain: { host: 'plain' } },
  Gateway: {
    path: 'networking.istio.io/v1/gateways',
    plain: { servers: [{ hosts: ['plain.example.com'], port: { number: 80, name: 'http', protocol: 'HTTP' } }] },
  },
  ServiceEntry: {
    path: 'networking.istio.io/v1/serviceentries',
    plain: { hosts: ['plain.example.com'], ports: [{ number: 80, name: 'http', protocol: 'HTTP' }] },
  },
  Sidecar: { path: 'networking.istio.io/v1/sidecars', plain: { egress: [{ hosts: ['./*'] }] } },
  WorkloadEntry: { path: 'networking.istio.io/v1/workloadentries', plain: { address: '10.0.0.1' } },
  WorkloadGroup: { path: 'networking.istio.io/v1/workloadgroups', plain: { template: {} } },
  EnvoyFilter: { path: 'networking.istio.io/v1alpha3/envoyfilters', plain: {} },
  ProxyConfig: { path: 'networking.istio.io/v1beta1/proxyconfigs', plain: {} },
  PeerAuthentication: { path: 'security.istio.io/v1/peerauthentications', plain: {} },
  RequestAuthentication: { path: 'security.istio.io/v1/requestauthentications', plain: {} },
  AuthorizationPolicy: { path: 'security.istio.io/v1/authorizationpolicies', plain: {} },
  Telemetry: { path: 'telemetry.istio.io/v1/telemetries', plain: {} },
  WasmPlugin: {
    path: 'extensions.istio.io/v1alpha1/wasmplugins',
    plain: { url: 'oci://registry.example.com/plain:1' },
  },
  TrafficExtension: {
    path: 'extensions.istio.io/v1alpha1/trafficextensions',
    plain: { lua: { inlineCode: 'function envoy_on_request(handle) end' } },
  },
} satisfies Record<string, { path: string; plain: JsonRecord }>

export type Kind = keyof typeof kinds

export const refused = (why: string, spec: JsonRecord, words: string | RegExp): Case => ({ why, spec, refused: words })

export const invalid = (why: string, spec: JsonRecord, words: RegExp): Case => ({ why, spec, invalid: words })

export const accepted = (why: string, spec: JsonRecord, ...warnings: (string | RegExp)[]): Case => ({
  why,
  spec,
  warnings,
})

export const verdicts =
  (kind: Kind) =>
  (says: string, ...cases: readonly Case[]): Verdicts => ({ says, kind, cases })

/** Several refusals at once, as hashicorp/go-multierror prints them; some are so even when they are alone. */
export const all = (...words: readonly string[]): string => {
  const head = words.length === 1 ? '1 error occurred:' : `${words.length} errors occurred:`
  return `${head}\n\t${words.map((each) => `* ${each}`).join('\n\t')}\n\n`
}
