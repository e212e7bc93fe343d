import { type KubernetesObject, labelsOf, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import { stringsAt, listAt, textAt } from '@orbweaver/contracts/json'
import type { Finding } from '@orbweaver/contracts/plan'
import { readProxy } from '../../injection/proxy.ts'
import { isLive } from '../../injection/pod-state.ts'
import { resolveHost, wildcardsOver } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { hasLabels } from '../../world/labels.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import type { Host } from '../host-registry.ts'
import { replace } from '../operations.ts'
import { servedBy, targetNumbers } from '../served-ports.ts'
import { rulesOf } from '../subsets.ts'
import type { ClusterView } from '../../world/view.ts'
import type { MeshWorld } from '../world.ts'
import { type ClientTls, clientTlsOf } from './client-rules.ts'
import { type Accepted, acceptedAt } from './modes.ts'

const plain = (alias: string): Code => ({
  code: 'destinationrule.plain-to-strict',
  severity: 'error',
  istio: 'accepts',
  aliases: [alias],
})
const ofNamespace = plain('KIA0207')
const ofMesh = plain('KIA0208')
const mutual = (alias: string): Code => ({
  code: 'destinationrule.mtls-refused',
  severity: 'error',
  istio: 'accepts',
  aliases: [alias],
})
const refusedByNamespace = mutual('KIA0505')
const refusedByMesh = mutual('KIA0506')
const bare: Code = { code: 'destinationrule.mtls-without-proxy', severity: 'error', istio: 'accepts' }

/**
 * What clients are told to send against what servers accept: a DestinationRule is followed as it is written, whatever
 * Istio finds out of the endpoints by itself (istio pilot/pkg/xds/endpoints/mtls_checker.go).
 */
export const bothSides: Judge = {
  says: [ofNamespace, ofMesh, refusedByNamespace, refusedByMesh, bare],
  kinds: [kinds.destinationRule],
  judge(subject, world) {
    const said = clientTlsOf(subject.object)
    if (said.length === 0 || !world.config.has(kinds.peerAuthentication)) return []
    const host = textAt(subject.object, 'spec', 'host') ?? ''
    if (host.startsWith('*')) return said.flatMap((each) => judgeWide(subject, world, { said: each, host }))
    const known = world.hosts.find(resolveHost(host, subject.namespace, world.mesh.domain), subject.namespace)
    if (known === undefined || !world.complete(kinds.pod)) return []
    return said.flatMap((each) => judgeHost(subject, world, { said: each, host, known }))
  },
}

/** TLS of the application's own, and none at all, both of which a STRICT proxy refuses. */
function isPlain(mode: string): boolean {
  return mode === 'DISABLE' || mode === 'SIMPLE'
}

/** All services of the mesh, or of a namespace: what is accepted there as such. */
function judgeWide(subject: Subject, world: MeshWorld, { said, host }: { said: ClientTls; host: string }): Finding[] {
  const suffix = `svc.${world.mesh.domain}`
  const labels = host.replace(/^\*\.?/, '')
  const isOfMesh = labels === '' || suffix === labels || suffix.endsWith(`.${labels}`)
  const namespace = labels.endsWith(`.${suffix}`) ? labels.slice(0, -suffix.length - 1) : ''
  if (!isOfMesh && (namespace === '' || namespace.includes('.'))) return []
  const accepted = acceptedAt(world, { namespace: isOfMesh ? world.mesh.rootNamespace : namespace })
  const told = contradiction(subject, { said, host, accepted })
  return told.length > 0 ? told : exceptedOf(subject, world, { said, host, labels })
}

/** Servers below the wildcard that accept something else, and that no narrower rule is for: then it counts alone. */
function exceptedOf(subject: Subject, world: MeshWorld, { said, host, labels }: Wide): Finding[] {
  if (said.subset !== undefined || !world.complete(kinds.pod)) return []
  const namespaces = world.config.list(kinds.peerAuthentication).map(namespaceOf)
  const homes = new Set(namespaces.filter((each) => isBelow(`${each}.svc.${world.mesh.domain}`, labels)))
  for (const view of world.clusters) {
    for (const service of [...homes].flatMap((home) => view.list(kinds.service, home))) {
      const name = `${service.metadata.name}.${namespaceOf(service)}.svc.${world.mesh.domain}`
      const [first] = hasNarrower(world, name, host) ? [] : toldOf(subject, world, { view, service, said, name })
      if (first !== undefined) return [first]
    }
  }
  return []
}

type Wide = { said: ClientTls; host: string; labels: string }

function hasNarrower(world: MeshWorld, name: string, host: string): boolean {
  const narrower = [name, ...wildcardsOver(name).filter((each) => each.length > host.length)]
  return narrower.some((each) => rulesOf(world, each).length > 0)
}

type Below = { view: ClusterView; service: KubernetesObject; said: ClientTls; name: string }

/** What suits these servers would not suit the others that the rule is for. */
function toldOf(subject: Subject, world: MeshWorld, { view, service, said, name }: Below): Finding[] {
  return serversOf(subject, world, { cluster: view.cluster, service, said })
    .filter(({ hasProxy }) => hasProxy)
    .flatMap(({ accepted }) => contradiction(subject, { said, host: name, accepted }))
    .map((each) => ({ ...each, fixes: [] }))
}

function isBelow(name: string, labels: string): boolean {
  return labels === '' || name === labels || name.endsWith(`.${labels}`)
}

type Aim = { said: ClientTls; host: string; known: Host }

/** Of each Service behind the host, of each port that the setting is for: the first that contradicts it. */
function judgeHost(subject: Subject, world: MeshWorld, { said, host, known }: Aim): Finding[] {
  const servers = known.services.flatMap(({ cluster, service }) =>
    serversOf(subject, world, { cluster, service, said }),
  )
  const inside = servers.filter(({ hasProxy }) => hasProxy)
  if (inside.length === 0) {
    const [first] = servers
    if (first === undefined || said.mode !== 'ISTIO_MUTUAL') return []
    const way = fix(subject, { code: 'send-plain' }, [{ op: 'replace', path: said.pointer, value: 'DISABLE' }])
    return [found(subject, bare, { pointer: said.pointer, params: { host }, evidence: [first.ref], fixes: [way] })]
  }
  const modes = new Set(inside.map(({ accepted }) => accepted.mode))
  const told = inside.flatMap(({ accepted }) => contradiction(subject, { said, host, accepted }))
  // What suits the one server would not suit the other.
  const isClear = !(modes.has('STRICT') && modes.has('DISABLE'))
  return told.slice(0, 1).map((each) => (isClear ? each : { ...each, fixes: [] }))
}

type Server = { ref: ObjectRef; hasProxy: boolean; accepted: Accepted }
type Served = { cluster: string; service: KubernetesObject; said: ClientTls }

/** Pods behind a Service with what each accepts, of the ports that are meant. */
export function serversOf(subject: Subject, world: MeshWorld, { cluster, service, said }: Served): Server[] {
  const view = world.clusters.find((each) => each.cluster === cluster)
  const selector = stringsAt(service, 'spec', 'selector')
  if (view === undefined || Object.keys(selector).length === 0) return []
  const { namespace = '' } = service.metadata
  const subset = listAt(subject.object, 'spec', 'subsets').find((each) => textAt(each, 'name') === said.subset)
  const wanted = { ...selector, ...stringsAt(subset, 'labels') }
  const pods = view.list(kinds.pod, namespace).filter((pod) => isLive(pod) && hasLabels(pod, wanted))
  const ports = servedBy(service, cluster).filter(({ port }) => said.port === undefined || port === said.port)
  return pods.flatMap((pod) =>
    ports.flatMap(({ target }) =>
      targetNumbers([pod], target).map((port) => ({
        ref: refOf(cluster, pod),
        hasProxy: ['sidecar', 'gateway', 'ambient'].includes(readProxy(pod).kind),
        accepted: acceptedAt(world, { namespace, labels: labelsOf(pod), port }),
      })),
    ),
  )
}

type Contradiction = { said: ClientTls; host: string; accepted: Accepted }

function contradiction(subject: Subject, { said, host, accepted }: Contradiction): Finding[] {
  const { mode, by, level = '' } = accepted
  const params = { host, mode: said.mode, policy: by?.metadata.name ?? '', level }
  const evidence = by === undefined ? [] : [refOf(subject.cluster, by)]
  const { pointer } = said
  if (mode === 'STRICT' && isPlain(said.mode)) {
    // TLS of the application's own has settings that Istio's has not, and a server that expects it.
    const fixes =
      said.mode === 'DISABLE' ? [fix(subject, { code: 'send-mutual' }, [replace(pointer, 'ISTIO_MUTUAL')])] : []
    return [found(subject, byLevel(level, ofMesh, ofNamespace), { pointer, params, evidence, fixes })]
  }
  if (mode === 'DISABLE' && said.mode === 'ISTIO_MUTUAL') {
    const fixes = [fix(subject, { code: 'send-plain' }, [replace(pointer, 'DISABLE')])]
    return [found(subject, byLevel(level, refusedByMesh, refusedByNamespace), { pointer, params, evidence, fixes })]
  }
  return []
}

function byLevel(level: string, ofAll: Code, ofSome: Code): Code {
  return level === 'mesh' ? ofAll : ofSome
}
