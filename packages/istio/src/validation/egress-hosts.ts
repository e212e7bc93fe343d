import { isAddress } from './addresses.ts'
import { isDnsLabel, partialWildcardProblem, quoted, wildcardDomainProblem } from './names.ts'

/** Hosts with a namespace before them (ValidateNamespaceSlashWildcardHostname of pkg/config/validation/agent). */

/** Host of a Gateway's server: `namespace/dns` or `dns`. */
export function gatewayHostProblems(host: string, { semantics }: { semantics: boolean }): string[] {
  const slash = host.indexOf('/')
  if (slash < 0) return dnsProblems(host, true)
  const [namespace, dns] = [host.slice(0, slash), host.slice(slash + 1)]
  const known = namespace === '*' || namespace === '.' || (namespace === '~' && semantics) || isDnsLabel(namespace)
  return [
    ...emptyPart(namespace, dns),
    ...(known ? [] : [`invalid namespace value ${quoted(namespace)} in gateway`]),
    ...dnsProblems(dns, true),
  ]
}

/** Host of a Sidecar's egress listener: `namespace/dns`, or `~namespace/dns` for one to leave out. */
export function sidecarHostProblems(host: string): string[] {
  const slash = host.indexOf('/')
  if (slash < 0) return ['host must be of form namespace/dnsName']
  const [namespace, dns] = [host.slice(0, slash), host.slice(slash + 1)]
  const plain = namespace.replace(/^~/, '')
  return [
    ...emptyPart(namespace, dns),
    ...(['', '*', '.'].includes(plain) || isDnsLabel(plain)
      ? []
      : [`invalid namespace value ${quoted(namespace)} in sidecar`]),
    ...dnsProblems(dns, false),
  ]
}

const emptyPart = (namespace: string, dns: string): string[] =>
  namespace === '' || dns === '' ? ['config namespace and dnsName in host entry cannot be empty'] : []

/** validateSidecarOrGatewayHostnamePart, which says it twice when a Sidecar's host is no name. */
function dnsProblems(host: string, gateway: boolean): string[] {
  const wrong = wildcardDomainProblem(host)
  const found = [
    host !== '*' && !host.includes('.') ? 'short names (non FQDN) are not allowed' : undefined,
    gateway ? undefined : wrong,
    isAddress(host) ? undefined : wrong,
    partialWildcardProblem(host),
  ]
  return found.filter((each) => each !== undefined)
}
