import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { account, namespace, service, workload } from './objects.ts'

const place = 'monitoring'
const name = 'prometheus'
const port = 9090

/** Where it is, for the FleetCluster of a cluster that has it. */
export const prometheusService = { namespace: place, name, port }

/** A Prometheus that scrapes the whole cluster, with the labels of its community chart. */
export function prometheus(): KubernetesObject[] {
  const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': 'server' }
  return [
    namespace(place),
    account(place, name),
    workload({
      namespace: place,
      name,
      image: 'quay.io/prometheus/prometheus:v2.42.0',
      port,
      account: name,
      podLabels: labels,
    }),
    service({ namespace: place, name, selector: labels, port }),
  ]
}
