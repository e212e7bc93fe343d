import type { Random } from '../random.ts'

/** Labels by which a namespace, a Service or a Pod names a waypoint, or refuses one. */
export function waypointLabels(random: Random, namespaces: readonly string[]): Record<string, string> {
  const elsewhere = random.any(namespaces) ?? 'shop'
  return random.pick<Record<string, string>>([
    { 'istio.io/use-waypoint': 'waypoint' },
    { 'istio.io/use-waypoint': 'waypoint' },
    { 'istio.io/use-waypoint': 'waypoint' },
    { 'istio.io/use-waypoint': 'waypoint', 'istio.io/use-waypoint-namespace': elsewhere },
    { 'istio.io/use-waypoint': 'other' },
    { 'istio.io/use-waypoint': 'none' },
  ])
}

/** Of namespaces and Services: whether gateways are to use their waypoint. */
export const ingressLabel = (random: Random): Record<string, string> =>
  random.chance(0.5)
    ? { 'istio.io/ingress-use-waypoint': random.pick(['true', 'true', 'true', 'true', 'false', 'odd']) }
    : {}

/** A canary beside the waypoint, with a share that may be none, or no number. */
export function canaryBinding(random: Random, namespaces: readonly string[]) {
  const weight = random.pick([undefined, '20', '20', '50', '+5', '100', '0', '120', '20%'])
  const elsewhere = random.chance(0.15) ? random.any(namespaces) : undefined
  return {
    labels: {
      'istio.io/use-waypoint-canary': random.pick(['other', 'other', 'other', 'waypoint', 'none']),
      ...(elsewhere !== undefined && { 'istio.io/use-waypoint-canary-namespace': elsewhere }),
    },
    annotations: weight === undefined ? {} : { 'istio.io/use-waypoint-canary-weight': weight },
  }
}
