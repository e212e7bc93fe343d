import { at, isRecord, listAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { covers, matches, resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put } from '../operations.ts'
import { isForMesh } from '../virtualservice/gateways.ts'
import type { MeshWorld } from '../world.ts'
import { egressHostsOf, openListenerOf } from './egress-hosts.ts'

const rule: Code = { code: 'sidecar.hides-rule', severity: 'warning', istio: 'accepts' }
const provider: Code = { code: 'sidecar.hides-provider', severity: 'warning', istio: 'accepts' }

/**
 * What is used in a namespace and that its Sidecar does not let proxies know: VirtualServices of its own, whose hosts it
 * does not import (istio pilot/pkg/model/virtualservice.go, SelectVirtualServices), and services that traces, logs or
 * authorization go to.
 */
export const hidden: Judge = {
  says: [rule, provider],
  kinds: [kinds.sidecar],
  judge(subject, world) {
    if (listAt(subject.object, 'spec', 'egress').length === 0) return []
    return [...rulesOf(subject, world), ...providersOf(subject, world)]
  },
}

function rulesOf(subject: Subject, world: MeshWorld): Finding[] {
  const { object, namespace, cluster } = subject
  const known = egressHostsOf(object, namespace).filter((each) => ['*', namespace].includes(each.namespace))
  const lost = world.config.list(kinds.virtualService, namespace).flatMap((each) => {
    const hosts = textsAt(each, 'spec', 'hosts').map((host) => resolveHost(host, namespace))
    const isKnown = hosts.some((host) => known.some((one) => matches(one.host, host)))
    return isForMesh(each) && hosts.length > 0 && !isKnown ? [{ each, hosts }] : []
  })
  if (lost.length === 0) return []
  const names = lost.map(({ each }) => each.metadata.name).join(', ')
  const hosts = [...new Set(lost.flatMap((each) => each.hosts))]
  const entries = lost.map((each) => each.hosts.filter((host) => isExact(world, host, namespace)))
  const isWhole = entries.every((each) => each.length > 0)
  const fixes = isWhole
    ? knowing(
        subject,
        [...new Set(entries.flat())].map((host) => `*/${host}`),
      )
    : []
  const evidence = lost.map(({ each }) => refOf(cluster, each))
  const params = { rules: names, hosts: hosts.join(', ') }
  return [found(subject, rule, { pointer: '/spec/egress', params, evidence, fixes })]
}

/** A host that can be said by its name: not a wildcard, and one that there is. */
function isExact(world: MeshWorld, host: string, viewer: string): boolean {
  return !host.startsWith('*') && world.hosts.find(host, viewer) !== undefined
}

function providersOf(subject: Subject, world: MeshWorld): Finding[] {
  const { object, namespace } = subject
  const known = egressHostsOf(object, namespace)
  const lost = [...usedProviders(world, namespace)].flatMap((name) => {
    const service = serviceOf(world, name, namespace)
    if (service === undefined) return []
    const { owner, host } = service
    const isKnown = known.some((each) => ['*', owner].includes(each.namespace) && covers(each.host, host))
    return isKnown ? [] : [{ name, entry: `${owner}/${host}` }]
  })
  if (lost.length === 0) return []
  const entries = [...new Set(lost.map(({ entry }) => entry))]
  const params = { providers: lost.map(({ name }) => name).join(', '), hosts: entries.join(', ') }
  return [found(subject, provider, { pointer: '/spec/egress', params, fixes: knowing(subject, entries) })]
}

/** `[namespace/]host` of a provider, whichever it is of; undefined for one that is no service, or none that is known. */
function serviceOf(world: MeshWorld, name: string, viewer: string): { owner: string; host: string } | undefined {
  const said = world.mesh.extensionProviders.find((each) => textAt(each, 'name') === name)
  const [service] = isRecord(said) ? Object.values(said).flatMap((each) => textAt(each, 'service') ?? []) : []
  if (service === undefined) return undefined
  const [first = '', second] = service.split('/')
  const host = second ?? first
  const owner = second === undefined ? world.hosts.find(host, viewer)?.namespace : first
  return owner === undefined ? undefined : { owner, host }
}

function knowing(subject: Subject, hosts: readonly string[]): Fix[] {
  const path = openListenerOf(subject.object)
  if (path === undefined) return []
  return [
    fix(
      subject,
      { code: 'know', params: { hosts: hosts.join(', ') } },
      hosts.map((each) => put(path, each)),
    ),
  ]
}

/** Of the mesh by default, of Telemetry and of custom authorization, of the root namespace and of this one. */
function usedProviders(world: MeshWorld, namespace: string): Set<string> {
  const homes = [world.mesh.rootNamespace, namespace]
  const telemetry = homes.flatMap((each) => world.config.list(kinds.telemetry, each)).flatMap(telemetryProviders)
  const policies = homes.flatMap((each) => world.config.list(kinds.authorizationPolicy, each))
  const custom = policies.flatMap((each) => textAt(each, 'spec', 'provider', 'name') ?? [])
  const byDefault = Object.values(world.mesh.defaultProviders).flatMap((each) => textsAt({ names: each }, 'names'))
  return new Set([...byDefault, ...telemetry, ...custom])
}

function telemetryProviders(object: KubernetesObject): string[] {
  return ['tracing', 'accessLogging', 'metrics'].flatMap((field) =>
    listAt(object, 'spec', field).flatMap((each) =>
      at(each, 'disabled') === true || at(each, 'disableSpanReporting') === true
        ? []
        : listAt(each, 'providers').flatMap((one) => textAt(one, 'name') ?? []),
    ),
  )
}
