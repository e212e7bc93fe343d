import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { bookinfo } from '@orbweaver/sandbox/worlds/bookinfo'
import { bookinfoMistakes } from '@orbweaver/sandbox/worlds/demo-rules'
import { bookinfoEntrance, securityRules, suppliers } from '@orbweaver/sandbox/worlds/frankfurt-rules'
import { ingressGateway } from '@orbweaver/sandbox/worlds/helm-istio'
import { onlineShop } from '@orbweaver/sandbox/worlds/online-shop'
import { prometheus } from '@orbweaver/sandbox/worlds/prometheus'

/** A revision of Istio as `istioctl install` makes it, and the tags that `istioctl tag set` points at it. */
export type InstalledIstio = { readonly revision: string; readonly version: string; readonly tags: readonly string[] }

/** What a cluster holds before anybody works with it: the applications and rules of the embedded fleet, and real istiods. */
export type LabWorld = {
  readonly what: string
  readonly istios: readonly InstalledIstio[]
  readonly objects: readonly KubernetesObject[]
  /** Where the person works who has one namespace. */
  readonly teamNamespace: string
}

const injected = { 'istio-injection': 'enabled' }

export const worldNames = ['empty', 'applications', 'demo', 'revisions'] as const
export type WorldName = (typeof worldNames)[number]

export const labWorlds: Readonly<Record<WorldName, LabWorld>> = {
  empty: { what: 'nothing (default)', istios: [], objects: [], teamNamespace: 'default' },
  applications: {
    what: 'Bookinfo and an online shop, without Istio',
    istios: [],
    objects: [...bookinfo('bookinfo'), ...onlineShop()],
    teamNamespace: 'bookinfo',
  },
  demo: {
    what: 'Istio 1.29.4, Bookinfo in it behind an ingress gateway, rules, mistakes that Istio accepts, and a Prometheus',
    istios: [{ revision: 'default', version: 'v1.29.4', tags: [] }],
    objects: [
      ...prometheus(),
      ...ingressGateway('istio-ingress'),
      ...bookinfo('bookinfo', injected),
      ...onlineShop(['shop-catalog']),
      ...bookinfoEntrance(),
      ...suppliers(),
      ...securityRules(),
      ...bookinfoMistakes(),
    ],
    teamNamespace: 'bookinfo',
  },
  revisions: {
    what: 'Istio 1.30.3 with tags default and stable, Istio 1.31.0 with tag canary, applications on each',
    istios: [
      { revision: '1-30-3', version: 'v1.30.3', tags: ['default', 'stable'] },
      { revision: '1-31-0', version: 'v1.31.0', tags: ['canary'] },
    ],
    objects: [
      ...bookinfo('bookinfo', { 'istio.io/rev': 'stable' }),
      ...onlineShop(['shop-web'], injected),
      ...onlineShop(['shop-catalog'], { 'istio.io/rev': 'canary' }),
      ...onlineShop(['shop-orders'], { 'istio.io/rev': '1-31-0' }),
    ],
    teamNamespace: 'bookinfo',
  },
}

export const isWorldName = (name: string): name is WorldName => worldNames.some((each) => each === name)

/** A line a world, all but the first behind the indent. */
export const describeWorlds = (indent: string): string =>
  worldNames.map((name) => `${name}: ${labWorlds[name].what}`).join(`\n${indent}`)
