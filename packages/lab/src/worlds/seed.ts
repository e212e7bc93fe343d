import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import { daemonSets, deployments, mutatingWebhookConfigurations, pods, statefulSets } from '@orbweaver/kube/resources'
import { adminApi } from '../api.ts'
import { applyAll } from '../apply.ts'
import type { Built } from '../build.ts'
import type { ClusterLayout } from '../cluster-layout.ts'
import { istiodSelector } from '../istiod-pod.ts'
import { LabError } from '../lab-error.ts'
import { lastLines, loggedParts } from '../parts.ts'
import { render, renderTag, type Revision } from '../render.ts'
import type { RunDir } from '../run-dir.ts'
import { until } from '../wait.ts'
import { type InstalledIstio, labWorlds } from './lab-world.ts'

const meshNamespace = 'istio-system'
/** How long istiods, and then applications, may take until they run. */
const patienceMs = 90_000

const revisionOf = ({ name }: ClusterLayout, { revision, version }: InstalledIstio): Revision => ({
  name: revision,
  namespace: meshNamespace,
  version,
  values: { global: { meshID: name, network: name, multiCluster: { clusterName: name } } },
})

/** What istioctl writes for all of them. A tag is rendered with its revision, and comes after. */
const istioObjects = async (built: Built, layout: ClusterLayout): Promise<readonly KubernetesObject[][]> => {
  const { istios } = labWorlds[layout.world]
  const revisions = await Promise.all(istios.map((each) => render(built, revisionOf(layout, each))))
  const tags = istios.flatMap((each) => each.tags.map((tag) => ({ tag, revision: revisionOf(layout, each) })))
  const tagged = await Promise.all(tags.map((each) => renderTag(built, each)))
  return [revisions.flat(), tagged.flat()]
}

const runs = (workload: KubernetesObject): boolean => {
  const wanted = numberAt(workload, 'spec', 'replicas') ?? numberAt(workload, 'status', 'desiredNumberScheduled') ?? 1
  const available = numberAt(workload, 'status', 'availableReplicas') ?? numberAt(workload, 'status', 'numberAvailable')
  return (available ?? 0) >= wanted
}

/** Pods of injected namespaces are refused until istiod has written its certificate into the webhooks. */
const lacksCertificate = (config: KubernetesObject): boolean =>
  listAt(config, 'webhooks').some((webhook) => (textAt(webhook, 'clientConfig', 'caBundle') ?? '') === '')

/** What does not run yet, by kind and name. */
const waitingIn = async (api: KubeClient): Promise<readonly string[]> => {
  const workloads = await Promise.all([deployments, statefulSets, daemonSets].map((kind) => api.list(kind)))
  const webhooks = await api.list(mutatingWebhookConfigurations)
  const nameOf = ({ metadata }: KubernetesObject) => `${metadata.namespace ?? ''}/${metadata.name}`
  return [
    ...workloads.flatMap(({ items }) => items.filter((each) => !runs(each)).map(nameOf)),
    ...webhooks.items.filter(lacksCertificate).map(({ metadata }) => `the certificate of ${metadata.name}`),
  ]
}

/** An istiod that has been started three times and does not stay. */
const failsAgainAndAgain = async (api: KubeClient): Promise<boolean> => {
  const { items } = await api.list(pods, { namespace: meshNamespace, labelSelector: istiodSelector })
  return items.some((pod) => (numberAt(listAt(pod, 'status', 'containerStatuses')[0], 'restartCount') ?? 0) > 2)
}

const failure = async (dir: RunDir, layout: ClusterLayout, api: KubeClient): Promise<LabError> => {
  const istiods = loggedParts(dir).filter((name) => name.startsWith(`${layout.name}-istiod-`))
  const words = istiods.flatMap((name) => [`${name} said last:`, ...lastLines(dir, name)])
  const waiting = await waitingIn(api)
  return new LabError(`world ${layout.world} in ${layout.name}`, [`does not run: ${waiting.join(', ')}`, ...words])
}

/** Fills a cluster with its world, and waits until everything of it runs; says what does not, and what its istiods said. */
export const seed = async (dir: RunDir, built: Built, layout: ClusterLayout): Promise<void> => {
  const { istios, objects } = labWorlds[layout.world]
  const api = adminApi(layout)
  const settled = async (): Promise<void> => {
    const outcome = async () => {
      if ((await waitingIn(api)).length === 0) return 'runs' as const
      return (await failsAgainAndAgain(api)) ? ('fails' as const) : undefined
    }
    if ((await until(outcome, { forMs: patienceMs, everyMs: 250 })) !== 'runs') throw await failure(dir, layout, api)
  }
  try {
    if (istios.length > 0) {
      const home = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: meshNamespace } }
      await applyAll(api, [home])
      for (const step of await istioObjects(built, layout)) await applyAll(api, step)
      await settled()
    }
    await applyAll(api, objects)
    if (objects.length > 0) await settled()
  } finally {
    await api.close()
  }
}
