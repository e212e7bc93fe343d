import type { Message } from '@orbweaver/contracts/message'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { textAt } from '@orbweaver/contracts/json'
import { compareVersions } from '../versions.ts'
import type { Labels } from '../world/labels.ts'
import { type Proxy, readProxy } from './proxy.ts'
import { type Injection, simulate } from './simulate.ts'
import type { InjectionWorld } from './world.ts'

type PodStateCode =
  | 'outside'
  | 'current'
  | 'other-revision'
  | 'older-proxy'
  | 'missing'
  | 'unwanted'
  | 'ambient'
  | 'ambient-pending'
  | 'managed-gateway'

export type PodState = {
  code: PodStateCode
  proxy: Proxy
  expected: Injection
  /** Whether a new Pod in its place would differ: injection happens only at admission. */
  pendingRestart: boolean
  why: Message
}

/** What a Pod has against what a new one in its place would get. */
export function podState(world: InjectionWorld, pod: KubernetesObject, labels?: Labels): PodState {
  const proxy = readProxy(pod)
  const expected = simulate(world, pod, labels)
  const code = judge(world, proxy, expected)
  const pendingRestart = ['other-revision', 'older-proxy', 'missing', 'unwanted'].includes(code)
  return { code, proxy, expected, pendingRestart, why: { code, params: paramsOf(world, proxy, expected) } }
}

/** Pods that still matter: neither finished nor on their way out. */
export function isLive(pod: KubernetesObject): boolean {
  const phase = textAt(pod, 'status', 'phase')
  return pod.metadata.deletionTimestamp === undefined && phase !== 'Succeeded' && phase !== 'Failed'
}

/** Whether a Pod's traffic goes through a proxy of the mesh now. */
export function isInjected(proxy: Proxy): boolean {
  return proxy.kind === 'sidecar' || proxy.kind === 'gateway'
}

function judge(world: InjectionWorld, proxy: Proxy, expected: Injection): PodStateCode {
  switch (proxy.kind) {
    case 'managed-gateway':
      return 'managed-gateway'
    case 'ambient':
      if (expected.injected) return 'missing'
      return proxy.ready ? 'ambient' : 'ambient-pending'
    case 'none':
      return expected.injected ? 'missing' : 'outside'
    case 'sidecar':
    case 'gateway':
      return judgeInjected(world, proxy, expected)
  }
}

function judgeInjected(
  world: InjectionWorld,
  proxy: { revision: string; version: string | undefined },
  { by }: Injection,
): PodStateCode {
  if (by === undefined) return 'unwanted'
  if (by.revision !== proxy.revision) return 'other-revision'
  const injectsNow = world.versions.get(by.revision)
  if (injectsNow === undefined || proxy.version === undefined) return 'current'
  return compareVersions(injectsNow, proxy.version) < 0 ? 'older-proxy' : 'current'
}

function paramsOf(world: InjectionWorld, proxy: Proxy, { by }: Injection): Message['params'] {
  const params: Message['params'] = {}
  if (by !== undefined) {
    params.expected = by.revision
    const version = world.versions.get(by.revision)
    if (version !== undefined) params.expectedVersion = version
  }
  if ('revision' in proxy && proxy.revision !== undefined) params.revision = proxy.revision
  if ('version' in proxy && proxy.version !== undefined) params.version = proxy.version
  return params
}
