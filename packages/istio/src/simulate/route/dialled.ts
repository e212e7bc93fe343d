import { refOf } from '@orbweaver/contracts/kubernetes'
import { anyAddress, isAddress } from './addresses.ts'
import type { Asking } from './asking.ts'
import { endpointsOf } from './endpoints.ts'
import { mostSpecific } from './host-names.ts'
import { addressFor, portOf, type Registry, registry, type Service, servicesFor } from './services.ts'

/** Where a client's connection goes, as its resolver says: nothing where that is an address the mesh does not know. */
export type Dialled = { service: Service | undefined; address: string | undefined }

export function dialled(asking: Asking): Dialled {
  const { request, proxy } = asking
  const host = request.host.toLowerCase().replace(/\.$/, '')
  if (isAddress(host)) return { service: undefined, address: host }
  const service = resolved(asking, host)
  if (service === undefined) {
    asking.say('host-unknown', { host })
    return { service, address: undefined }
  }
  const [source] = service.sources
  const own = addressFor(service, proxy.cluster).split('/', 1)[0] ?? anyAddress
  const address = own === anyAddress ? headless(asking, service, host) : own
  asking.say(
    service.registry === 'Kubernetes' ? 'host-service' : 'host-entry',
    { host: service.host, namespace: service.namespace, address: address ?? '' },
    source === undefined ? undefined : { ref: refOf(source.cluster, source.object), pointer: '' },
  )
  return { service, address }
}

/** A Pod of a headless Service: the one that is named, else the first that is ready. */
function headless({ world, request, proxy }: Asking, service: Service, host: string): string | undefined {
  const port = portOf(service, request.port) ?? service.ports[0]
  if (service.resolution !== 'passthrough' || port === undefined) return undefined
  const endpoints = endpointsOf(world, { service, port, labels: {} }).filter(
    ({ ready, address }) => ready && address !== '' && address !== proxy.addresses[0],
  )
  const named = endpoints.find(({ pod }) => pod !== undefined && host.startsWith(`${pod}.`))
  return (named ?? endpoints[0])?.address
}

/** As Kubernetes completes names: in the client's namespace, then with one, then as they stand. */
function resolved({ world, proxy }: Asking, host: string): Service | undefined {
  const known = world.known(registry)
  const suffix = `.svc.${world.mesh.domain}`
  const forms = [`${host}.${proxy.namespace}${suffix}`, `${host}${suffix}`, `${host}.${world.mesh.domain}`, host]
  for (const form of forms) {
    const found = known.of(form).filter(({ registry: kind }) => kind === 'Kubernetes')
    if (found[0] !== undefined) return concrete(found[0], known)
  }
  const seen = servicesFor(world, proxy.namespace)
  const byHost = new Map<string, Service>()
  for (const each of seen) {
    const key = each.host.toLowerCase()
    const before = byHost.get(key)
    if (before === undefined || (before.namespace !== proxy.namespace && each.namespace === proxy.namespace))
      byHost.set(key, each)
  }
  const parent = headlessParent(forms, known)
  return parent ?? mostSpecific(host, byHost)
}

/** The Service that one Pod's own name belongs to. */
function headlessParent(forms: readonly string[], known: Registry): Service | undefined {
  return forms
    .map((form) => form.slice(form.indexOf('.') + 1))
    .flatMap((form) => known.of(form))
    .find(({ resolution, registry: kind }) => resolution === 'passthrough' && kind === 'Kubernetes')
}

/** What an alias stands for, as its record in DNS says. */
function concrete(service: Service, known: Registry): Service {
  const seen = new Set<string>()
  let here = service
  while (here.externalName !== undefined && !seen.has(here.host)) {
    seen.add(here.host)
    const [next] = known.of(here.externalName)
    if (next === undefined) return here
    here = next
  }
  return here
}
