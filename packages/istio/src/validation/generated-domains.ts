import { quoted, wildcardDomainProblem } from './names.ts'

const FORMAT = 'outbound_.<PORT>_._.<HOSTNAME>'

/**
 * A domain as TLS routes at gateways know it: also one that istiod made of a service for AUTO_PASSTHROUGH
 * (ValidateWildcardDomainForVirtualServiceBoundToGateway of pkg/config/validation/agent).
 */
export function generatedDomainProblem(domain: string): string | undefined {
  if (domain.length > 255 || !domain.startsWith('outbound_')) return wildcardDomainProblem(domain)
  const [, port = '', , host] = domain.split('_').map((part) => part.replaceAll(/^\.+|\.+$/g, ''))
  if (host === undefined) return `domain name ${domain} invalid, should follow '${FORMAT}' format`
  const invalid = (label: string): string =>
    `domain name ${quoted(domain)} invalid (label ${quoted(label)} invalid). should follow ${FORMAT} format`
  if (!/[0-9]/.test(port)) return invalid(port)
  return /[a-zA-Z]/.test(host) ? undefined : invalid(host)
}
