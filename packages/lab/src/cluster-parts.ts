import { join } from 'node:path'
import { binary, type Built } from './build.ts'
import { caFileOf, type ClusterLayout, kubeletPort } from './cluster-layout.ts'
import type { PartSpec } from './parts.ts'

/** The command lines of one cluster, as data. Nothing listens anywhere but on loopback. */
const flags = (settings: Readonly<Record<string, string | number | boolean>>): readonly string[] =>
  Object.entries(settings).map(([name, value]) => `--${name}=${value}`)

const etcdUrl = (layout: ClusterLayout): string => `http://127.0.0.1:${layout.ports.etcdClient}`

export const etcd = (built: Built, layout: ClusterLayout): PartSpec => {
  const peer = `http://127.0.0.1:${layout.ports.etcdPeer}`
  return {
    name: `${layout.name}-etcd`,
    command: binary(built, 'etcd', 'etcd'),
    cwd: layout.dir,
    args: flags({
      name: layout.name,
      'data-dir': join(layout.dir, 'etcd'),
      'listen-client-urls': etcdUrl(layout),
      'advertise-client-urls': etcdUrl(layout),
      'listen-peer-urls': peer,
      'initial-advertise-peer-urls': peer,
      'initial-cluster': `${layout.name}=${peer}`,
      'unsafe-no-fsync': true, // a lab's data need not survive a power cut
      'log-level': 'warn',
    }),
  }
}

export const apiserver = (built: Built, layout: ClusterLayout): PartSpec => ({
  name: `${layout.name}-apiserver`,
  command: binary(built, 'kubernetes', 'kube-apiserver'),
  cwd: layout.dir,
  args: flags({
    'bind-address': '127.0.0.1',
    'secure-port': layout.ports.apiserver,
    'advertise-address': '192.0.2.1', // documentation range: endpoints refuse loopback, and nothing dials it
    'cert-dir': join(layout.dir, 'apiserver'),
    'etcd-servers': etcdUrl(layout),
    'service-cluster-ip-range': layout.serviceCidr,
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-account-signing-key-file': join(layout.dir, 'sa.key'),
    'service-account-key-file': join(layout.dir, 'sa.pub'),
    'token-auth-file': join(layout.dir, 'tokens.csv'),
    'authorization-mode': 'RBAC',
    'allow-privileged': true,
    'egress-selector-config-file': join(layout.dir, 'egress.yaml'),
    'kubelet-preferred-address-types': 'InternalIP',
  }),
})

const kubeconfigOf = (layout: ClusterLayout, user: string): string => join(layout.dir, `${user}.kubeconfig`)

export const controllerManager = (built: Built, layout: ClusterLayout): PartSpec => {
  const config = kubeconfigOf(layout, 'system:kube-controller-manager')
  return {
    name: `${layout.name}-controller-manager`,
    command: binary(built, 'kubernetes', 'kube-controller-manager'),
    cwd: layout.dir,
    args: flags({
      kubeconfig: config,
      'authentication-kubeconfig': config,
      'authorization-kubeconfig': config,
      'bind-address': '127.0.0.1',
      'secure-port': layout.ports.controllerManager,
      'cert-dir': join(layout.dir, 'controller-manager'),
      'root-ca-file': caFileOf(layout),
      'service-account-private-key-file': join(layout.dir, 'sa.key'),
      'use-service-account-credentials': true,
      'leader-elect': false,
    }),
  }
}

export const scheduler = (built: Built, layout: ClusterLayout): PartSpec => {
  const config = kubeconfigOf(layout, 'system:kube-scheduler')
  return {
    name: `${layout.name}-scheduler`,
    command: binary(built, 'kubernetes', 'kube-scheduler'),
    cwd: layout.dir,
    args: flags({
      kubeconfig: config,
      'authentication-kubeconfig': config,
      'authorization-kubeconfig': config,
      'bind-address': '127.0.0.1',
      'secure-port': layout.ports.scheduler,
      'cert-dir': join(layout.dir, 'scheduler'),
      'leader-elect': false,
    }),
  }
}

/** Plays every kubelet: makes nodes Ready and runs Pods, except istiod's, which are run for real. */
export const kwok = (built: Built, layout: ClusterLayout): PartSpec => ({
  name: `${layout.name}-kwok`,
  command: binary(built, 'kwok', 'kwok'),
  cwd: layout.dir,
  args: flags({
    kubeconfig: kubeconfigOf(layout, 'lab-admin'),
    'manage-all-nodes': true,
    config: join(layout.dir, 'stages.yaml'),
    cidr: layout.podCidr,
    'node-port': kubeletPort,
    'server-address': `127.0.0.1:${layout.ports.kubelet}`,
    'enable-crds': 'PortForward',
  }),
})
