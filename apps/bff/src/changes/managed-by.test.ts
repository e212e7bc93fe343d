import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, it } from 'vitest'
import { managedBy } from './managed-by.ts'

const object = (metadata: object): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', ...metadata },
})

const helm = {
  labels: { 'app.kubernetes.io/managed-by': 'Helm' },
  annotations: { 'meta.helm.sh/release-name': 'shop' },
}

it.each([
  ['Argo CD by its tracking annotation', { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:v1' } }, 'Argo CD'],
  ['Argo CD by its label', { labels: { 'argocd.argoproj.io/instance': 'shop' } }, 'Argo CD'],
  ['Flux by its label', { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } }, 'Flux'],
  [
    'Flux by the label of its Helm releases',
    { labels: { 'helm.toolkit.fluxcd.io/name': 'apps', ...helm.labels }, annotations: helm.annotations },
    'Flux',
  ],
  [
    'Argo CD by its field manager',
    { labels: { 'app.kubernetes.io/instance': 'shop' }, managedFields: [{ manager: 'argocd-controller' }] },
    'Argo CD',
  ],
  ['Helm by its label and release', helm, 'Helm'],
  ['Helm by its field manager', { managedFields: [{ manager: 'helm', operation: 'Update' }] }, 'Helm'],
  ['Flux by its field manager', { managedFields: [{ manager: 'kustomize-controller' }] }, 'Flux'],
])('finds %s', (_what, metadata, tool) => {
  expect(managedBy(object(metadata))?.tool).toBe(tool)
})

it.each([
  ['ours', { managedFields: [{ manager: 'orbweaver' }] }],
  ['kubectl', { managedFields: [{ manager: 'kubectl-client-side-apply' }] }],
  ['a status writer', { managedFields: [{ manager: 'helm', subresource: 'status' }] }],
  ['a label that every chart may copy', { labels: { ...helm.labels, 'app.kubernetes.io/instance': 'shop' } }],
  ['nobody', {}],
])('does not take %s for a keeper', (_what, metadata) => {
  expect(managedBy(object(metadata))).toBeUndefined()
})
