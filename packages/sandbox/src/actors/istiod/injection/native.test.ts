import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { wantsNative } from './native.ts'

const node = (name: string, kubeletVersion: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status: { nodeInfo: { kubeletVersion } },
})
const [old, young] = [node('old', 'v1.32.9'), node('young', 'v1.33.0-gke.1')]

const pod = (annotation?: string, nodeName?: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'a',
    ...(annotation === undefined ? {} : { annotations: { 'sidecar.istio.io/nativeSidecar': annotation } }),
  },
  spec: nodeName === undefined ? {} : { nodeName },
})

test.each<[string, boolean, boolean]>([
  ['every kubelet knows them', true, wantsNative(pod(), undefined, [young])],
  ['one does not', false, wantsNative(pod(), 'auto', [young, old])],
  ["the one of the Pod's node does", true, wantsNative(pod(undefined, 'young'), 'auto', [young, old])],
  ["the one of the Pod's node does not", false, wantsNative(pod(undefined, 'old'), 'auto', [young, old])],
  ['kwok says no version', false, wantsNative(pod(), 'auto', [node('fake', 'kwok-v0.8.0')])],
  ['istiod is told to', true, wantsNative(pod(), 'true', [old])],
  ['istiod is told not to', false, wantsNative(pod(), 'false', [young])],
  ['the Pod beats istiod', true, wantsNative(pod('true'), 'false', [old])],
  ['the Pod refuses', false, wantsNative(pod('false'), 'true', [young])],
  ['any other word of the Pod means yes', true, wantsNative(pod('perhaps'), 'false', [old])],
  ['an empty one means nothing', false, wantsNative(pod(''), 'false', [young])],
])('%s', (_, expected, found) => expect(found).toBe(expected))
