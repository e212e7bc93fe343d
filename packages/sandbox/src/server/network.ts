import type { ServiceRoute } from './admission/webhook-call.ts'
import type { PodLog, PodRoute } from './pod-route.ts'

export type Routes = {
  /** In place of a Pod network: answers for the Services that webhooks name. */
  routeService(resolve: ServiceRoute): void
  /** In place of a Pod network: who takes the connections that are forwarded to Pods. */
  routePods(resolve: PodRoute): void
  /** In place of kubelets: what containers have written. */
  routeLogs(resolve: PodLog): void
}

type Network = { services: ServiceRoute; pods: PodRoute; logs: PodLog; routes: Routes }

/** What is behind an API server; nothing until somebody routes it. */
export function createNetwork(): Network {
  let services: ServiceRoute = ({ name }) => {
    throw new Error(`service "${name}" not found`)
  }
  let pods: PodRoute = () => undefined
  let logs: PodLog = () => undefined
  return {
    services: (service) => services(service),
    pods: (pod, port) => pods(pod, port),
    logs: (pod, container) => logs(pod, container),
    routes: {
      routeService: (resolve) => void (services = resolve),
      routePods: (resolve) => void (pods = resolve),
      routeLogs: (resolve) => void (logs = resolve),
    },
  }
}
