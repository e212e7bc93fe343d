import { listAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { readProxy } from '../../injection/proxy.ts'
import { kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { applications, carriersOf, templateLabels, workloadsOf } from '../carriers.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { portsNamed } from '../names-of.ts'
import { put, replace } from '../operations.ts'
import { spell } from '../pods.ts'
import { containerPorts, portsOver, type ServedPort, servedBy } from '../served-ports.ts'
import type { MeshWorld } from '../world.ts'

const none: Code = { code: 'service.no-endpoints', severity: 'warning', istio: 'accepts' }
const unnamed: Code = {
  code: 'service.target-name-not-found',
  severity: 'error',
  istio: 'accepts',
  aliases: ['KIA0701'],
}
const undeclared: Code = {
  code: 'service.target-port-not-found',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA0701'],
}
const partly: Code = { code: 'service.partly-in-mesh', severity: 'warning', istio: 'accepts' }

/** What is behind a Service: Pods, their ports, their proxies. */
export const endpoints: Judge = {
  says: [none, unnamed, undeclared, partly],
  kinds: [kinds.service],
  where: 'every',
  judge(subject, world) {
    const { object, namespace, view } = subject
    const selector = stringsAt(object, 'spec', 'selector')
    const isRead = world.complete(kinds.pod) && view.has(kinds.deployment)
    if (Object.keys(selector).length === 0 || textAt(object, 'spec', 'type') === 'ExternalName' || !isRead) return []
    const carriers = carriersOf(view, namespace, selector)
    if (carriers.length === 0) return ofNobody(subject, world, selector)
    return [
      ...servedBy(object, subject.cluster).flatMap((port) => ofTarget({ subject, world, carriers }, port)),
      ...ofProxies(subject, carriers),
    ]
  },
}

/** Endpoints may be in other clusters of the mesh, or machines. */
function ofNobody(subject: Subject, world: MeshWorld, selector: Labels): Finding[] {
  const { object, namespace, view } = subject
  const isElsewhere = world.clusters.some((each) => carriersOf(each, namespace, selector).length > 0)
  const machines = world.config.list(kinds.workloadEntry, namespace)
  const isMachine = machines.some((each) =>
    covers({ ...labelsOf(each), ...stringsAt(each, 'spec', 'labels') }, selector),
  )
  if (isElsewhere || isMachine) return []
  const [named, ...more] = workloadsOf(view, namespace, {}).filter(
    ({ metadata }) => metadata.name === object.metadata.name,
  )
  const labels = named === undefined ? {} : stringsAt(named, 'spec', 'selector', 'matchLabels')
  const isClear =
    named !== undefined && more.length === 0 && Object.keys(labels).length > 0 && covers(templateLabels(named), labels)
  const way = { code: 'select-workload', params: { labels: spell(labels) } }
  const fixes = isClear ? [fix(subject, way, [replace('/spec/selector', { ...labels })])] : []
  return [found(subject, none, { pointer: '/spec/selector', params: { selector: spell(selector), namespace }, fixes })]
}

function covers(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value)
}

type Behind = { subject: Subject; world: MeshWorld; carriers: readonly KubernetesObject[] }

/** By name a port must be there; by number it may be without a word, where nothing else is said either. */
function ofTarget({ subject, world, carriers }: Behind, port: ServedPort): Finding[] {
  const { target, index } = port
  const protocol = textAt(listAt(subject.object, 'spec', 'ports')[index], 'protocol') ?? 'TCP'
  const isGateway = carriers.some((each) => applications(each).length === 0)
  const declared = carriers.flatMap(containerPorts).filter((each) => each.protocol === protocol)
  const own = isGateway ? [] : declared.filter(({ number }) => number < 15000 || number > 15099)
  const isThere = declared.some(({ name, number }) =>
    typeof target === 'string' ? name === target : number === target,
  )
  if (isThere || (typeof target === 'number' && own.length === 0)) return []
  const numbers = [...new Set(own.map(({ number }) => number))]
  const right = numbers.find((each) => each === port.port) ?? (numbers.length === 1 ? numbers[0] : undefined) ?? 0
  const pointer = `/spec/ports/${index}`
  const params = { port: port.port, target: String(target), ports: portsNamed(numbers) }
  const way = { code: 'declared-port', params: { right: String(right) } }
  // Its place may be empty, where the port itself is what is aimed at.
  const operation = put(`${pointer}/targetPort`, right)
  const fixes = isFree(subject, world, { ...port, target: right }) ? [fix(subject, way, [operation])] : []
  const evidence = carriers.slice(0, 1).map((each) => refOf(subject.cluster, each))
  return [found(subject, typeof target === 'string' ? unnamed : undeclared, { pointer, params, evidence, fixes })]
}

/** A sidecar has one listener for a port of its Pod: it is not to be behind two. */
function isFree({ namespace }: Subject, world: MeshWorld, { port, target, selector }: ServedPort): boolean {
  const others = portsOver(world, namespace, selector).filter((each) => each.port !== port)
  return target !== 0 && !others.some((each) => each.target === target)
}

function ofProxies(subject: Subject, carriers: readonly KubernetesObject[]): Finding[] {
  const pods = carriers.filter(({ kind }) => kind === 'Pod')
  const outside = pods.filter((pod) => readProxy(pod).kind === 'none')
  const [first] = outside
  if (first === undefined || outside.length === pods.length) return []
  const params = { outside: outside.length, total: pods.length, pod: first.metadata.name }
  return [found(subject, partly, { pointer: '/spec/selector', params, evidence: [refOf(subject.cluster, first)] })]
}
