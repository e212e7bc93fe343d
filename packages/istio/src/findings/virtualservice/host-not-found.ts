import { canonicalJson, type JsonRecord } from '@orbweaver/contracts/json'
import type { Fix } from '@orbweaver/contracts/plan'
import { resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { analysedHost } from '../analysed-hosts.ts'
import { type Code, fix, fixByCreating, found, type Judge, type Subject } from '../finding.ts'
import { entriesByHost } from '../host-registry.ts'
import { isInstallationSeen } from '../installation.ts'
import { nearestServiceOf } from '../nearest-service.ts'
import { exporting } from '../exports.ts'
import { put, replace } from '../operations.ts'
import { onlyServiceOf } from '../service-names.ts'
import { rulesOf } from '../subsets.ts'
import type { MeshWorld } from '../world.ts'
import { type Destination, destinationsOf } from './destinations.ts'

const missing: Code = {
  code: 'virtualservice.host-not-found',
  severity: 'error',
  istio: 'accepts',
  aliases: ['IST0101', 'KIA1101'],
}
const notEverywhere: Code = {
  code: 'virtualservice.host-not-everywhere',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0101'],
}
const invisible: Code = {
  code: 'virtualservice.host-not-visible',
  severity: 'error',
  istio: 'accepts',
  aliases: ['KIA1101'],
}

const unnamed: Code = { code: 'virtualservice.no-host', severity: 'rejected', istio: 'rejects', aliases: ['IST0101'] }

/**
 * Accepted by Istio, answered with 503: no cluster of that name exists in the proxy. istioctl looks where the rule is
 * exported to; whether the rule's own namespace can reach the host is another question.
 */
export const hostNotFound: Judge = {
  says: [missing, notEverywhere, invisible, unnamed],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    if (!world.complete(kinds.service) || !world.config.has(kinds.serviceEntry)) return []
    const { namespace } = subject
    return destinationsOf(subject.object).flatMap((destination) => {
      const { host, pointer } = destination
      const analysed = analysedHost(world, subject.object, host) !== undefined
      const reachable = world.hosts.find(host, namespace) !== undefined
      if (analysed && reachable) return []
      if (host === '') return [found(subject, unnamed, { pointer })]
      const code = analysed ? invisible : reachable ? notEverywhere : missing
      const fixes = waysOut(subject, world, { ...destination, code })
      const severity = code === missing && isOfUnseenInstallation(world, host, namespace) ? 'warning' : code.severity
      return [found(subject, code, { pointer: `${pointer}/host`, params: { host, namespace }, fixes, severity })]
    })
  },
}

/** What runs beside istiod is not told by who does not tell of istiod: files of rules alone. */
function isOfUnseenInstallation(world: MeshWorld, host: string, namespace: string): boolean {
  const { domain, rootNamespace } = world.mesh
  if (!resolveHost(host, namespace, domain).endsWith(`.${rootNamespace}.svc.${domain}`)) return false
  return !isInstallationSeen(world)
}

function waysOut(subject: Subject, world: MeshWorld, { code, ...destination }: Destination & { code: Code }): Fix[] {
  if (code === missing) return fixesOf(subject, world, destination)
  if (code === invisible) return exportsOf(subject, world, destination)
  const own = { code: 'own-namespace', params: { namespace: subject.namespace } }
  return [fix(subject, own, [put('/spec/exportTo', ['.'])])]
}

/** The only ServiceEntry of that name is exported to the rule's namespace too. */
function exportsOf(subject: Subject, world: MeshWorld, { host }: Destination): Fix[] {
  const owners = world.look(entriesByHost, resolveHost(host, subject.namespace, world.mesh.domain))
  const [owner, ...others] = owners
  return owner === undefined || others.length > 0 ? [] : [exporting(owner.cluster, owner.object, subject.namespace)]
}

/** The name in full where one service alone can be meant; else a ServiceEntry, where the name may be outside. */
function fixesOf(subject: Subject, world: MeshWorld, destination: Destination): Fix[] {
  const { host, subset } = destination
  if (subset !== undefined) return []
  const inside = host.split('.').length <= 2 || host.endsWith(`.svc.${world.mesh.domain}`)
  if (inside) return byFullName(subject, world, destination)
  return host.startsWith('*') ? [] : [byEntry(subject, destination)]
}

function byFullName(subject: Subject, world: MeshWorld, destination: Destination): Fix[] {
  const { host, pointer } = destination
  const name = onlyServiceOf(world, host, subject.namespace)
  if (name === undefined) return bySpelling(subject, world, destination)
  return [fix(subject, { code: 'full-name', params: { name: name.host } }, [replace(`${pointer}/host`, name.host)])]
}

/** The one service whose name is almost the same, where the rule says nothing wrong of it. */
function bySpelling(subject: Subject, world: MeshWorld, { host, pointer }: Destination): Fix[] {
  const near = nearestServiceOf(world, host, subject.namespace)
  if (near === undefined) return []
  const { namespace, object } = subject
  const isTwice = destinationsOf(object).some(
    (each) => resolveHost(each.host, namespace, world.mesh.domain) === near.host,
  )
  const hasTls = rulesOf(world, near.host).some((rule) => canonicalJson(rule.spec ?? null).includes('"tls":'))
  if (isTwice || hasTls) return []
  const way = { code: 'near-name', params: { name: near.written } }
  return [fix(subject, way, [replace(`${pointer}/host`, near.written)])]
}

function byEntry(subject: Subject, { host, port = 0 }: Destination): Fix {
  const number = port === 0 ? 80 : port
  const protocol = number === 443 ? 'HTTPS' : 'HTTP'
  const spec: JsonRecord = {
    hosts: [host],
    location: 'MESH_EXTERNAL',
    resolution: 'DNS',
    ports: [{ number, name: protocol.toLowerCase(), protocol }],
  }
  const metadata = { name: host.replaceAll('.', '-'), namespace: subject.namespace }
  const entry = { apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata, spec }
  return fixByCreating(subject.cluster, { code: 'service-entry', params: { host } }, entry)
}
