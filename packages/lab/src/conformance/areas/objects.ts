import type { JsonRecord } from '@orbweaver/contracts/json'

/** Objects that checks of several areas make. */
export const configMap = (name: string, more: JsonRecord = {}): JsonRecord => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  ...more,
})

export const labelled = (name: string, labels: Record<string, string>): JsonRecord =>
  configMap(name, { metadata: { name, labels } })

/** Without replicas: nothing has to run for it. */
export const deployment = (name: string, more: JsonRecord = {}): JsonRecord => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas: 0,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }] },
    },
    ...more,
  },
})

export const patchType = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
}

export const pod = (name: string, metadata: JsonRecord = {}, spec: JsonRecord = {}): JsonRecord => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, ...metadata },
  spec: { containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }], ...spec },
})
