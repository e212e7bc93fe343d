import { listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import {
  argumentsOf,
  environmentOf,
  isIstiodPod,
  mountsOf,
  neededConfigMaps,
  portForwardOf,
  statusOf,
} from './istiod-pod.ts'

const pod = (revision: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'istiod-1', namespace: 'mesh', uid: 'u1', labels: { app: 'istiod' }, annotations: { a: 'b' } },
  spec: {
    serviceAccountName: 'istiod-sa',
    containers: [
      {
        name: 'discovery',
        image: 'docker.io/istio/pilot:1',
        args: [
          'discovery',
          '--monitoringAddr=:15014',
          '--domain',
          'cluster.local',
          '--httpAddr',
          ':8080',
          '--log_as_json',
        ],
        env: [
          { name: 'REVISION', value: revision },
          { name: 'CLUSTER_ID', value: 'member-1' },
          { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          { name: 'SERVICE_ACCOUNT', valueFrom: { fieldRef: { fieldPath: 'spec.serviceAccountName' } } },
          { name: 'NOTE', valueFrom: { fieldRef: { fieldPath: "metadata.annotations['a']" } } },
          { name: 'KUBECONFIG', value: '/var/run/secrets/remote/config' },
          { name: 'GOMAXPROCS', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
        ],
        volumeMounts: [
          { name: 'cacerts', mountPath: '/etc/cacerts' },
          { name: 'ca', mountPath: '/var/run/secrets/istiod/ca' },
          { name: 'token', mountPath: '/var/run/secrets/tokens' },
        ],
      },
    ],
    volumes: [
      { name: 'cacerts', secret: { secretName: 'cacerts', optional: true } },
      { name: 'ca', configMap: { name: 'istio-ca-root-cert' } },
      { name: 'token', projected: { sources: [] } },
    ],
  },
})

const ports = new Map([
  [8080, 41],
  [15017, 42],
])

describe('an istiod Pod', () => {
  it('is known by its container', () => {
    expect(isIstiodPod(pod('default'))).toBe(true)
    expect(isIstiodPod({ ...pod('default'), spec: { containers: [{ name: 'app' }] } })).toBe(false)
  })

  it('keeps its own arguments, but listens on loopback only', () => {
    const args = argumentsOf(pod('default'), '/k', ports)
    expect(args.slice(0, 4)).toEqual(['discovery', '--domain', 'cluster.local', '--log_as_json'])
    expect(args).toContain('--httpAddr=127.0.0.1:41')
    expect(args).toContain('--httpsAddr=127.0.0.1:42')
    expect(args.filter((arg) => arg.includes(':') && !arg.includes('127.0.0.1'))).toEqual([])
  })

  it('gets the environment of its container', () => {
    expect(environmentOf(pod('canary'))).toEqual({
      REVISION: 'canary',
      CLUSTER_ID: 'member-1',
      POD_NAME: 'istiod-1',
      SERVICE_ACCOUNT: 'istiod-sa',
      NOTE: 'b',
    })
  })

  it('finds its Secrets and ConfigMaps under its working directory', () => {
    expect(mountsOf(pod('default'))).toEqual([
      { kind: 'Secret', name: 'cacerts', path: './etc/cacerts' },
      { kind: 'ConfigMap', name: 'istio-ca-root-cert', path: './var/run/secrets/istiod/ca' },
    ])
  })

  it.each([
    ['default', ['istio', 'istio-sidecar-injector']],
    ['main-v1-30-2', ['istio-main-v1-30-2', 'istio-sidecar-injector-main-v1-30-2']],
  ])('of revision %s waits for its ConfigMaps', (revision, names) => {
    expect(neededConfigMaps(pod(revision))).toEqual(names)
  })

  it('reports what its process does', () => {
    const status = statusOf(pod('default'), { ready: false, restarts: 2, waiting: 'why' }, 'now')
    const [container] = listAt(status, 'containerStatuses')
    expect(textAt(container, 'state', 'waiting', 'reason')).toBe('CrashLoopBackOff')
    expect(textAt(container, 'state', 'waiting', 'message')).toBe('why')
    expect(textAt(status, 'phase')).toBe('Running')
    expect(textAt(listAt(status, 'conditions')[0], 'status')).toBe('False')
  })

  it('is reached by port-forward at its process', () => {
    expect(listAt(portForwardOf(pod('default'), ports), 'spec', 'forwards')).toEqual([
      { ports: [8080], target: { address: '127.0.0.1', port: 41 } },
      { ports: [15017], target: { address: '127.0.0.1', port: 42 } },
    ])
  })
})
