import { isIP, isIPv4, isIPv6 } from 'node:net'

const patterns: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  'date-time': /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/,
  duration: /^([+-]?(\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+$|^0$|^\d+ ?(ns|us|µs|ms|s|m|h|d|w)[a-z]*$/,
  uuid: /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i,
  email: /^[^@\s]+@[^@\s]+$/,
  hostname: /^([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)*[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.?$/,
  byte: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  mac: /^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i,
}

/** The string formats a CRD may enforce; any other name is ignored. Source: apiextensions pkg/apiserver/validation/formats.go. */
export function formatHolds(format: string, value: string): boolean {
  switch (format) {
    case 'ipv4':
      return isIPv4(value)
    case 'ipv6':
      return isIPv6(value)
    case 'cidr':
      return isCidr(value)
    case 'uri':
      return URL.canParse(value)
    default:
      return (Object.hasOwn(patterns, format) ? patterns[format] : undefined)?.test(value) ?? true
  }
}

function isCidr(value: string): boolean {
  const [address = '', length = '', ...rest] = value.split('/')
  return rest.length === 0 && /^\d{1,3}$/.test(length) && isIP(address) !== 0
}
