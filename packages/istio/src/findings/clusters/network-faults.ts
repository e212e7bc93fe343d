import { at, isRecord, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { addressProblem, subnetProblem } from '../../validation/addresses.ts'
import { fqdnProblem, isDnsLabel, portProblem, quoted } from '../../validation/names.ts'

/** One of a document of MeshNetworks. */
export type Network = { name: string; value: Json }

export function networksOf(document: Json): Network[] {
  const networks = at(document, 'networks')
  return Object.entries(isRecord(networks) ? networks : {}).flatMap(([name, value]) =>
    isRecord(value) ? [{ name, value }] : [],
  )
}

/** Why istiod takes none of the networks (istio pkg/config/validation/agent, ValidateMeshNetworks, 1.31). */
export function networkFault({ value }: Network): string | undefined {
  const faults = [
    ...listAt(value, 'endpoints').map(endpointFault),
    ...listAt(value, 'gateways').flatMap((each) => [gatewayFault(each), portProblem(portOf(each))]),
  ]
  return faults.find((each) => each !== undefined)
}

function endpointFault(endpoint: Json): string | undefined {
  const registry = textAt(endpoint, 'fromRegistry')
  if (registry !== undefined) return isDnsLabel(registry) ? undefined : `invalid registry name: ${registry}`
  const range = textAt(endpoint, 'fromCidr')
  return range === undefined ? undefined : subnetProblem(range)
}

function gatewayFault(gateway: Json): string | undefined {
  const address = textAt(gateway, 'address')
  if (address !== undefined) {
    const isNamed = addressProblem(address) !== undefined && fqdnProblem(address) !== undefined
    return isNamed ? `${quoted(address)} is not a valid IP address or DNS name` : undefined
  }
  const service = textAt(gateway, 'registryServiceName')
  return service === undefined ? undefined : fqdnProblem(service)
}

function portOf(gateway: Json): number {
  const port = Number(at(gateway, 'port') ?? 0)
  return Number.isInteger(port) ? port : 0
}
