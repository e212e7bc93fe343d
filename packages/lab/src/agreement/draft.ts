import { isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Random } from './random.ts'

/** A world in the making. */
export type Draft = {
  objects: KubernetesObject[]
  remotes: Record<string, KubernetesObject[]>
  meshConfig: string
  meshNetworks?: string
}

export type More = {
  namespace?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  [field: string]: Json | undefined
}

const apiVersions: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  MutatingWebhookConfiguration: 'admissionregistration.k8s.io/v1',
  ValidatingWebhookConfiguration: 'admissionregistration.k8s.io/v1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1',
  VirtualService: 'networking.istio.io/v1',
  DestinationRule: 'networking.istio.io/v1',
  Gateway: 'networking.istio.io/v1',
  Sidecar: 'networking.istio.io/v1',
  ServiceEntry: 'networking.istio.io/v1',
  WorkloadEntry: 'networking.istio.io/v1',
  WorkloadGroup: 'networking.istio.io/v1',
  EnvoyFilter: 'networking.istio.io/v1alpha3',
  ProxyConfig: 'networking.istio.io/v1beta1',
  PeerAuthentication: 'security.istio.io/v1',
  RequestAuthentication: 'security.istio.io/v1',
  AuthorizationPolicy: 'security.istio.io/v1',
  Telemetry: 'telemetry.istio.io/v1',
  WasmPlugin: 'extensions.istio.io/v1alpha1',
  EndpointSlice: 'discovery.k8s.io/v1',
  GatewayClass: 'gateway.networking.k8s.io/v1',
  HTTPRoute: 'gateway.networking.k8s.io/v1',
  GRPCRoute: 'gateway.networking.k8s.io/v1',
  TLSRoute: 'gateway.networking.k8s.io/v1',
  TCPRoute: 'gateway.networking.k8s.io/v1',
  ReferenceGrant: 'gateway.networking.k8s.io/v1beta1',
  BackendTLSPolicy: 'gateway.networking.k8s.io/v1',
}

export function make(kind: string, name: string, more: More = {}): KubernetesObject {
  const { namespace, labels, annotations, ...fields } = more
  return {
    apiVersion: apiVersions[kind] ?? 'v1',
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
    },
    ...fields,
  }
}

/** A Gateway of the Gateway API, which shares its kind's name with Istio's. */
export const makeKubernetesGateway = (name: string, more: More): KubernetesObject => ({
  ...make('Gateway', name, more),
  apiVersion: 'gateway.networking.k8s.io/v1',
})

export const ofKind = (draft: Draft, kind: string): readonly KubernetesObject[] =>
  draft.objects.filter((each) => each.kind === kind)

/** A namespace of the world's applications. */
export const placeIn = (draft: Draft, random: Random): string =>
  random.any(ofKind(draft, 'Namespace').filter(({ metadata }) => metadata.name !== 'istio-system'))?.metadata.name ??
  'shop'

/** A world that is being made, and what chooses. */
export type Drafting = { draft: Draft; random: Random }

/** Another object in the place of one of a kind, if there is one. */
export function change(
  { draft, random }: Drafting,
  kind: string,
  into: (object: KubernetesObject) => KubernetesObject,
): void {
  const chosen = random.any(ofKind(draft, kind))
  if (chosen !== undefined) replace(draft, chosen, into(chosen))
}

export function replace(draft: Draft, before: KubernetesObject, after: KubernetesObject): void {
  draft.objects = draft.objects.map((each) => (each === before ? after : each))
}

export function drop(draft: Draft, random: Random, kind: string): void {
  const chosen = random.any(ofKind(draft, kind))
  draft.objects = draft.objects.filter((each) => each !== chosen)
}

export const labelled = (object: KubernetesObject, labels: Record<string, string>): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, labels: { ...object.metadata.labels, ...labels } },
})

export const annotated = (object: KubernetesObject, annotations: Record<string, string>): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...annotations } },
})

export const specOf = (object: KubernetesObject): JsonRecord => (isRecord(object['spec']) ? object['spec'] : {})

export const respecced = (object: KubernetesObject, spec: JsonRecord): KubernetesObject => ({
  ...object,
  spec: { ...specOf(object), ...spec },
})
