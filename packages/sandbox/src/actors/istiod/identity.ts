import { type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'

/** What an istiod is told by its Deployment: the environment of container `discovery`. */
export type IstiodIdentity = {
  namespace: string
  deployment: string
  revision: string
  clusterId: string
  /** Tag of its image. */
  version: string
  /** Serves other clusters: distributes roots and patches webhooks there. */
  external: boolean
  environment: Record<string, string>
}

/** Reads a Deployment labelled `app=istiod`; undefined when it has no container `discovery`. */
export function istiodIdentity(deployment: KubernetesObject): IstiodIdentity | undefined {
  const containers = listAt(deployment, 'spec', 'template', 'spec', 'containers')
  const discovery = containers.find((each) => textAt(each, 'name') === 'discovery')
  if (labelsOf(deployment).app !== 'istiod' || discovery === undefined) return undefined
  const environment: Record<string, string> = {}
  for (const each of listAt(discovery, 'env')) {
    const [name, value] = [textAt(each, 'name'), textAt(each, 'value')]
    if (name !== undefined && value !== undefined) environment[name] = value
  }
  return {
    namespace: deployment.metadata.namespace ?? 'istio-system',
    deployment: deployment.metadata.name,
    revision: environment.REVISION ?? '',
    clusterId: environment.CLUSTER_ID ?? 'Kubernetes',
    version: tagOf(discovery),
    external: environment.EXTERNAL_ISTIOD === 'true',
    environment,
  }
}

function tagOf(container: Json): string {
  return /:([^:/@]+)(?:@|$)/.exec(textAt(container, 'image') ?? '')?.[1] ?? 'unknown'
}

/** Somebody answers at its Service. */
export function answers(deployment: KubernetesObject): boolean {
  return (numberAt(deployment, 'status', 'readyReplicas') ?? 0) > 0
}

export function sameIdentity(a: IstiodIdentity, b: IstiodIdentity): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
