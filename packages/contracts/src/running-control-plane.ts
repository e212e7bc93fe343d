import { z } from 'zod'
import { ObjectRef } from './kubernetes.ts'

/** What a control plane says of itself, read from its Deployment, its mesh configuration and its Helm values. */
export const factKeys = [
  'clusterId',
  'meshId',
  'network',
  'trustDomain',
  'trustDomainAliases',
  'rootNamespace',
  'outboundTrafficPolicy',
  'accessLogFile',
  'tracing',
  'injectByDefault',
  'discoverySelectors',
] as const
export type FactKey = (typeof factKeys)[number]

/** One istiod of a mesh's control plane, by its revision. */
export const MeshRevision = z.object({
  name: z.string(),
  version: z.string(),
  state: z.string(),
  inUse: z.boolean(),
  active: z.boolean(),
  /** What `istio-injection=enabled` means there. */
  isDefault: z.boolean(),
})

/** The control plane as it runs, whoever installed it. */
export const RunningControlPlane = z.object({
  ref: ObjectRef,
  installer: z.string(),
  revision: z.string(),
  tags: z.array(z.string()),
  /** Each from an object the viewer may read; `from` is that object. */
  facts: z.array(z.object({ key: z.enum(factKeys), value: z.string(), from: ObjectRef })),
  /** Whether nothing was left out for want of rights. */
  complete: z.boolean(),
})
export type RunningControlPlane = z.infer<typeof RunningControlPlane>
