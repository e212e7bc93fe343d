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
