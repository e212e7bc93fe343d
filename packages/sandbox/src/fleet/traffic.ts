import type { Duplex } from 'node:stream'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { pods, services } from '@orbweaver/kube/resources'
import { openPrometheus } from '../actors/prometheus/prometheus-port.ts'
import { chance } from '../actors/prometheus/traffic/hash.ts'
import type { PodFacts } from '../actors/prometheus/traffic/pod-facts.ts'
import { createTraffic } from '../actors/prometheus/traffic/traffic.ts'
import type { Clock } from '../clock.ts'
import type { RoutedFleet } from './service-routes.ts'

type At = { namespace: string; name: string }

export type FleetTraffic = {
  /** Follows what runs in a cluster from now on. */
  join: (cluster: string, isStarting: () => boolean) => void
  /** Everything that is there by now has been there for days. */
  settle: () => void
  /** Takes a connection to a Prometheus; undefined where none listens. */
  port: (cluster: string, pod: At, port: number) => ((connection: Duplex) => void) | undefined
}

const uidOf = ({ metadata }: KubernetesObject): string => metadata.uid ?? ''

const dayMs = 86_400_000

/** The requests between everything that runs in a fleet, and the Prometheus of each cluster, which has its proxies' telemetry. */
export function createFleetTraffic(fleet: RoutedFleet, clock: Clock): FleetTraffic {
  /** Pods of the world itself; undefined until it stands. Their times of creation, in whole seconds, do not tell. */
  let own: ReadonlySet<string> | undefined
  const now = (): number => clock.now().getTime()
  /** A world is a fleet in use: its Pods have run for three days to two weeks when it begins. */
  const beganAt = ({ uid, created }: PodFacts): number =>
    own?.has(uid) !== false ? created - Math.round((3 + 11 * chance(`began ${uid}`)) * dayMs) : created
  const traffic = createTraffic({
    clusters: () =>
      new Map(
        [...fleet].map(([name, { caches }]) => [
          name,
          { pods: caches.of(pods).list(), services: caches.of(services).list() },
        ]),
      ),
    now,
    beganAt,
  })
  const ports = new Map<string, ReturnType<typeof openPrometheus>>()
  return {
    join: (cluster, isStarting) => {
      const caches = fleet.get(cluster)?.caches
      if (caches === undefined) return
      caches.of(services).onChange(() => traffic.changed(cluster))
      caches.of(pods).onChange((pod) => {
        const { namespace = '', name, uid } = pod.metadata
        const isThere = caches.of(pods).get(namespace, name)?.metadata.uid === uid
        traffic.changed(cluster, isThere ? undefined : pod)
      })
      const options = { storage: () => traffic.storage(cluster), now: clock.now, isStarting }
      ports.set(cluster, openPrometheus(caches, options))
    },
    settle: () => {
      own = new Set([...fleet.values()].flatMap(({ caches }) => caches.of(pods).list().map(uidOf)))
    },
    port: (cluster, pod, port) => ports.get(cluster)?.(pod, port),
  }
}
