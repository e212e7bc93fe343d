import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kubeletPort } from './cluster-layout.ts'

/** What an API server wants to reach, as it says so in its CONNECT. */
export type Destination = { readonly cluster: string; readonly host: string; readonly port: number }

/** What the resolution must look up. Addresses are those of the clusters: none of them exists on this machine. */
export type Directory = {
  serviceWithClusterIp(cluster: string, address: string): Promise<KubernetesObject | undefined>
  /** The Service, in any cluster, whose load balancer holds this address or host name. */
  serviceWithLoadBalancer(address: string): Promise<{ cluster: string; service: KubernetesObject } | undefined>
  endpointSlices(cluster: string, service: KubernetesObject): Promise<readonly KubernetesObject[]>
  /** The loopback port behind a port of the istiod whose Pod has this address. */
  istiodPort(cluster: string, podIp: string, containerPort: number): number | undefined
  kubeletPort(cluster: string): number | undefined
}

export type Resolution = { readonly port: number } | { readonly refusal: string }

type Backend = { readonly address: string; readonly port: number }

/** The ready endpoints behind one port of a Service: slices know ports by the Service port's name. */
export const backendsOf = (
  service: KubernetesObject,
  port: number,
  slices: readonly KubernetesObject[],
): readonly Backend[] => {
  const entry = listAt(service, 'spec', 'ports').find((each) => numberAt(each, 'port') === port)
  if (entry === undefined) return []
  const name = textAt(entry, 'name') ?? ''
  return slices.flatMap((slice) => {
    const target = numberAt(
      listAt(slice, 'ports').find((each) => (textAt(each, 'name') ?? '') === name),
      'port',
    )
    if (target === undefined) return []
    const isReady = (endpoint: unknown) => !JSON.stringify(endpoint).includes('"ready":false')
    const addresses = listAt(slice, 'endpoints')
      .filter(isReady)
      .flatMap((endpoint) => listAt(endpoint, 'addresses'))
    return addresses.flatMap((address) => (typeof address === 'string' ? [{ address, port: target }] : []))
  })
}

const nameOf = ({ metadata }: KubernetesObject): string => `${metadata.namespace ?? ''}/${metadata.name}`

type From = { readonly cluster: string; readonly service: KubernetesObject }

const behindService = async (directory: Directory, from: From, port: number): Promise<readonly Backend[]> =>
  backendsOf(from.service, port, await directory.endpointSlices(from.cluster, from.service))

/** A load balancer's address leads to the Service that holds it, in whichever cluster that is, and to istiod there. */
const throughLoadBalancer = async (directory: Directory, address: string, port: number): Promise<Resolution> => {
  const found = await directory.serviceWithLoadBalancer(address)
  if (found === undefined) return { refusal: `no istiod and no load balancer of the lab has the address ${address}` }
  const where = `${nameOf(found.service)} in ${found.cluster}`
  for (const backend of await behindService(directory, found, port)) {
    const istiod = directory.istiodPort(found.cluster, backend.address, backend.port)
    if (istiod !== undefined) return { port: istiod }
  }
  return { refusal: `no istiod is ready behind port ${port} of the load balancer of ${where}` }
}

export const resolve = async (directory: Directory, { cluster, host, port }: Destination): Promise<Resolution> => {
  const service = await directory.serviceWithClusterIp(cluster, host)
  if (service === undefined) {
    const kubelet = port === kubeletPort ? directory.kubeletPort(cluster) : undefined
    return kubelet === undefined ? throughLoadBalancer(directory, host, port) : { port: kubelet }
  }
  const backends = await behindService(directory, { cluster, service }, port)
  let refusal = `no endpoint is ready behind port ${port} of ${nameOf(service)}`
  for (const backend of backends) {
    const istiod = directory.istiodPort(cluster, backend.address, backend.port)
    if (istiod !== undefined) return { port: istiod }
    const outside = await throughLoadBalancer(directory, backend.address, backend.port)
    if ('port' in outside) return outside
    refusal = outside.refusal
  }
  return { refusal }
}

/** `host:port`, where the host may be an IPv6 address in brackets. */
export const parseAuthority = (authority: string): { host: string; port: number } | undefined => {
  const colon = authority.lastIndexOf(':')
  const port = Number(authority.slice(colon + 1))
  const host = authority.slice(0, colon).replace(/^\[|\]$/g, '')
  return colon < 1 || host === '' || !Number.isInteger(port) || port < 1 || port > 65535 ? undefined : { host, port }
}
