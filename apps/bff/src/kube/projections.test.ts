import { recordAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { memberKinds } from './mirrored-kinds.ts'
import * as project from './projections.ts'

const canary = 'canary-5b1e'
const lastApplied = { 'kubectl.kubernetes.io/last-applied-configuration': `{"stringData":{"password":"${canary}"}}` }

const secret: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    name: 'cacerts',
    namespace: 'istio-system',
    uid: 'u',
    annotations: { ...lastApplied, 'example.com/copy': canary, 'networking.istio.io/cluster': 'east' },
    labels: { 'istio/multiCluster': 'true' },
    managedFields: [{ manager: canary }],
  },
  type: 'Opaque',
  data: { 'root-cert.pem': canary, 'ca-key.pem': canary },
  stringData: { password: canary },
  immutable: true,
}

test('of a Secret only names, type, keys, labels and Istio’s own annotations stay', () => {
  expect(project.secret(secret)).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'cacerts',
      namespace: 'istio-system',
      uid: 'u',
      annotations: { 'networking.istio.io/cluster': 'east' },
      labels: { 'istio/multiCluster': 'true' },
    },
    type: 'Opaque',
    data: { 'ca-key.pem': '', 'root-cert.pem': '' },
  })
})

test('no value of a Secret survives, whatever kind it is taken for', () => {
  const kinds = memberKinds.filter(({ resource }) => resource.kind === 'Secret')
  expect(kinds).toHaveLength(1)
  for (const kind of kinds) expect(JSON.stringify(kind.project(secret))).not.toContain(canary)
})

test('what kubectl and the server add is left out of every kind', () => {
  for (const { project: projection, resource } of memberKinds) {
    const object = { ...secret, kind: resource.kind, metadata: { ...secret.metadata, annotations: lastApplied } }
    const kept = projection(object).metadata
    expect([resource.kind, kept.managedFields, kept.annotations]).toEqual([resource.kind, undefined, undefined])
  }
})

test('a Pod keeps what injection, restarts and readiness are read from', () => {
  const pod: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'web-1',
      namespace: 'shop',
      ownerReferences: [{ kind: 'ReplicaSet', name: 'web', uid: 'r', apiVersion: 'apps/v1' }],
      deletionTimestamp: '2026-01-01T00:00:00Z',
      annotations: {
        'sidecar.istio.io/status': '{"revision":"default"}',
        'cni.projectcalico.org/podIP': '10.0.0.1/32',
      },
    },
    spec: {
      nodeName: 'n1',
      serviceAccountName: 'web',
      volumes: [{ name: 'a' }],
      containers: [{ name: 'app', image: 'app:1', env: [{ name: 'PASSWORD', value: canary }] }],
      initContainers: [{ name: 'istio-proxy', image: 'proxyv2:1.30', restartPolicy: 'Always', args: ['x'] }],
    },
    status: {
      phase: 'Running',
      conditions: [
        { type: 'Ready', status: 'True' },
        { type: 'Initialized', status: 'True' },
      ],
      containerStatuses: [{ name: 'app', ready: true, restartCount: 3 }],
      initContainerStatuses: [{ name: 'istio-proxy', ready: true }],
    },
  }
  const kept = project.pod(pod)
  expect(kept.metadata.annotations).toEqual({ 'sidecar.istio.io/status': '{"revision":"default"}' })
  expect(kept.metadata.deletionTimestamp).toBe('2026-01-01T00:00:00Z')
  expect(kept.metadata.ownerReferences).toEqual(pod.metadata.ownerReferences)
  expect(kept.spec).toEqual({
    nodeName: 'n1',
    serviceAccountName: 'web',
    containers: [{ name: 'app', image: 'app:1' }],
    initContainers: [{ name: 'istio-proxy', image: 'proxyv2:1.30', restartPolicy: 'Always' }],
  })
  expect(kept.status).toEqual({
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [{ name: 'app', ready: true }],
    initContainerStatuses: [{ name: 'istio-proxy', ready: true }],
  })
})

test('of a definition the versions stay, and what Istio versions an operator offers', () => {
  const version = { type: 'string', enum: ['v1.30.1', 'master'], default: 'v1.30.1', description: 'long' }
  const spec = { type: 'object', properties: { version, values: { type: 'object' } } }
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec } } }
  const definition: KubernetesObject = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'istios.sailoperator.io' },
    spec: {
      group: 'sailoperator.io',
      names: { plural: 'istios', kind: 'Istio' },
      scope: 'Cluster',
      versions: [
        { name: 'v1', served: true, storage: true, schema },
        { name: 'v1alpha1', served: false, storage: false, schema: { openAPIV3Schema: { type: 'object' } } },
      ],
    },
  }
  const offered = { enum: ['v1.30.1', 'master'], default: 'v1.30.1' }
  expect(project.customResourceDefinition(definition).spec).toEqual({
    group: 'sailoperator.io',
    names: { plural: 'istios', kind: 'Istio' },
    scope: 'Cluster',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { properties: { spec: { properties: { version: offered } } } } },
      },
      { name: 'v1alpha1', served: false, storage: false },
    ],
  })
})

test('a workload keeps its template’s labels and its counts', () => {
  const deployment: KubernetesObject = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', generation: 4 },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web', 'sidecar.istio.io/inject': 'true' } },
        spec: { containers: [{ name: 'app', image: 'app:1', env: [{ name: 'A', value: canary }] }] },
      },
    },
    status: { replicas: 3, readyReplicas: 2, observedGeneration: 4 },
  }
  expect(project.workload(deployment)).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', generation: 4 },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web', 'sidecar.istio.io/inject': 'true' }, annotations: {} },
        spec: { containers: [{ name: 'app', image: 'app:1' }] },
      },
    },
    status: { replicas: 3, readyReplicas: 2, observedGeneration: 4, conditions: [] },
  })
})

test('of Istio’s ConfigMaps a few settings stay as JSON, of others the name', () => {
  const labels = { 'istio.io/rev': 'default' }
  const map = (name: string, data: Record<string, string>): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'istio-system', labels, annotations: lastApplied },
    data,
  })
  const mesh = `defaultConfig:\n  tracing: { lightstep: { accessToken: ${canary} } }\n  meshId: edge\ntrustDomain: td\n`
  const kept = project.configMap(map('istio', { mesh, meshNetworks: canary }))
  expect(kept).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'istio', namespace: 'istio-system', labels },
    data: { mesh: '{"trustDomain":"td","defaultConfig":{"meshId":"edge"}}' },
  })
  expect(project.configMap(map('app', { mesh: canary, values: canary })).data).toEqual({})
  const kinds = memberKinds.filter(({ resource }) => resource.kind === 'ConfigMap')
  expect(kinds.map((each) => [each.labelSelector, each.vital])).toEqual([['istio.io/rev', false]])
})

test('of istiod’s environment only what says its place stays, of other containers nothing', () => {
  const env = [
    { name: 'CLUSTER_ID', value: 'east' },
    { name: 'LICENSE', value: canary },
    { name: 'BLOCKED_CIDRS_IN_JWKS_URIS', value: '10.0.0.0/8' },
    { name: 'REVISION', valueFrom: { secretKeyRef: { name: canary, key: 'x' } } },
  ]
  const containers = ['discovery', 'app'].map((name) => ({ name, image: `${name}:1`, env }))
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'istiod' } }
  const kept = project.workload({ ...deployment, spec: { template: { spec: { containers } } } })
  expect(kept.spec).toMatchObject({
    template: {
      spec: {
        containers: [
          {
            name: 'discovery',
            image: 'discovery:1',
            env: [
              { name: 'CLUSTER_ID', value: 'east' },
              { name: 'BLOCKED_CIDRS_IN_JWKS_URIS', value: '10.0.0.0/8' },
              { name: 'REVISION' },
            ],
          },
          { name: 'app', image: 'app:1' },
        ],
      },
    },
  })
  expect(JSON.stringify(kept)).not.toContain(canary)
})

test('of Pods and templates it stays whose user they run as, and nothing else of their security', () => {
  const spec = {
    securityContext: { runAsUser: 1337, fsGroup: 1 },
    containers: [{ name: 'app', image: 'app:1', securityContext: { runAsUser: 5, privileged: true } }],
  }
  const expected = {
    securityContext: { runAsUser: 1337 },
    containers: [{ name: 'app', image: 'app:1', securityContext: { runAsUser: 5 } }],
  }
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec }
  expect(project.pod(pod).spec).toEqual(expected)
  const workload = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { template: { spec } },
  }
  expect(project.workload(workload).spec).toMatchObject({ template: { spec: expected } })
})

test('what mutes a finding stays on every kind', () => {
  const annotations = { 'orbweaver.dev/mute': '* known', 'kiali.io/ignore-validations': 'KIA0101' }
  for (const { project: projection, resource } of memberKinds.filter(
    (each) => each.resource.kind !== 'CustomResourceDefinition',
  )) {
    const object = { ...secret, kind: resource.kind, metadata: { name: 'x', annotations } }
    expect([resource.kind, projection(object).metadata.annotations]).toEqual([resource.kind, annotations])
  }
})

test('a CronJob keeps the template of its Pods, whose values are nobody’s business', () => {
  const container = { name: 'app', image: 'app:1', env: [{ name: 'PASSWORD', value: canary }] }
  const template = { metadata: { labels: { app: 'nightly' } }, spec: { containers: [container] } }
  const kept = project.cronJob({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'nightly', namespace: 'shop' },
    spec: { schedule: '0 3 * * *', suspend: true, jobTemplate: { spec: { backoffLimit: 3, template } } },
  })
  expect(recordAt(kept, 'spec')).toMatchObject({
    suspend: true,
    jobTemplate: { spec: { template: { metadata: { labels: { app: 'nightly' } } } } },
  })
  expect(JSON.stringify(kept)).not.toContain(canary)
})
